import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from './config-environment.ts'
import type { Secrets } from './context.ts'
import { ParleyError } from './error.ts'
import { Secret } from './secret.ts'

/** Written before each sealed value, so that a later key can be told from this one. */
const keyVersion = 1
const ivBytes = 12
const tagBytes = 16

/** `masterKey`: 32 bytes as base64, base64url or hex. Sealing and tagging use keys of their own, derived from it. */
export function createSecrets(masterKey: Secret): Secrets {
  const master = keyBytes(masterKey)
  const sealKey = derive(master, 'seal')
  const macKey = derive(master, 'mac')

  function mac(text: string): string {
    return createHmac('sha256', macKey).update(text).digest('base64url')
  }

  return {
    seal: (plain, aad) => seal(sealKey, plain, aad),
    open: (sealed, aad) => open(sealKey, sealed, aad),
    mac,
    isMac: (text, candidate) => isEqual(mac(text), candidate),
  }
}

/** The key from the configuration, else the one in the data directory, which is made when it isn't there. */
export async function provideMasterKey(configured: Secret | null, dataDir: string): Promise<Secret> {
  if (configured) return configured
  const file = join(dataDir, 'secret.key')
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!exists)
      throw new ConfigError(`The key file ${file} could not be written. Set PARLEY_SECRET_KEY.`, {
        cause: error,
      })
    await chmod(file, 0o600)
  }
  return new Secret((await readFile(file, 'utf8')).trim())
}

/** Constant in time for texts of one length; the length of a tag or a token is no secret. */
export function isEqual(expected: string, candidate: string): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(candidate)
  return a.length === b.length && timingSafeEqual(a, b)
}

function seal(key: Buffer, plain: string, aad: string): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(versioned(aad))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([keyVersion]), iv, cipher.getAuthTag(), body])
}

function open(key: Buffer, sealed: Buffer, aad: string): string {
  const bodyStart = 1 + ivBytes + tagBytes
  if (sealed.length < bodyStart || sealed[0] !== keyVersion) throw cannotOpen(aad)
  const iv = sealed.subarray(1, 1 + ivBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    .setAAD(versioned(aad))
    .setAuthTag(sealed.subarray(1 + ivBytes, bodyStart))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(bodyStart)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw cannotOpen(aad, cause)
  }
}

function cannotOpen(aad: string, cause?: unknown): ParleyError {
  const message =
    'A stored secret can not be read: PARLEY_SECRET_KEY differs from the one it was stored with.'
  return new ParleyError('internal', message, { aad }, { cause })
}

function versioned(aad: string): Buffer {
  return Buffer.from(`v${keyVersion}:${aad}`)
}

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `parley ${purpose}`, 32))
}

function keyBytes(masterKey: Secret): Buffer {
  const text = masterKey.reveal()
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (bytes.length !== 32)
    throw new ConfigError('PARLEY_SECRET_KEY must be 32 bytes as base64 or as 64 hex digits.')
  return bytes
}
