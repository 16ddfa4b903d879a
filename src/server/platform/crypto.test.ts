import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSecrets, provideMasterKey } from './crypto.ts'
import { Secret } from './secret.ts'

const secrets = createSecrets(new Secret('11'.repeat(32)))

describe('sealed secrets', () => {
  it('open with the name they were sealed under', () => {
    const sealed = secrets.seal('tökén', 'connectors:con_1:access_token')
    expect(sealed.toString('latin1')).not.toContain('token')
    expect(secrets.open(sealed, 'connectors:con_1:access_token')).toBe('tökén')
  })

  it('T49 do not open in another row, with another key, or after a change of one byte', () => {
    const sealed = secrets.seal('token', 'connectors:con_1:access_token')
    expect(() => secrets.open(sealed, 'connectors:con_2:access_token')).toThrow('can not be read')
    expect(() =>
      createSecrets(new Secret('22'.repeat(32))).open(sealed, 'connectors:con_1:access_token'),
    ).toThrow()
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
      expect(() => secrets.open(changed, 'connectors:con_1:access_token')).toThrow()
    }
    expect(() => secrets.open(Buffer.alloc(3), 'connectors:con_1:access_token')).toThrow()
  })

  it('differ each time, so that equal tokens do not show', () => {
    expect(secrets.seal('token', 'a').equals(secrets.seal('token', 'a'))).toBe(false)
  })
})

describe('tags', () => {
  it('are ours or they are not', () => {
    const tag = secrets.mac('msg_1')
    expect(secrets.isMac('msg_1', tag)).toBe(true)
    expect(secrets.isMac('msg_2', tag)).toBe(false)
    expect(secrets.isMac('msg_1', tag.slice(1))).toBe(false)
    expect(secrets.isMac('msg_1', '')).toBe(false)
  })
})

describe('the key of the data directory', () => {
  it('is made once, readable by its owner only', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'platform-key-'))
    const [first, second] = await Promise.all([
      provideMasterKey(null, dataDir),
      provideMasterKey(null, dataDir),
    ])
    expect(first.reveal()).toBe(second.reveal())
    expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe(`${first.reveal()}\n`)
  })
})
