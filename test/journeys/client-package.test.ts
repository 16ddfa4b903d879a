import { execFile } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../rig/processes.ts'

// A program of somebody else's, in its own folder, that has Parley among its packages.

const root = new URL('../..', import.meta.url).pathname
const run = promisify(execFile)
let directory: Awaited<ReturnType<typeof temporaryDirectory>>

const program = `
import { createParleyClient, type CustomerEvent, readEvent, verifyWebhook, WebhookVerificationError } from 'parley/client'

const [secret = '', body = '', signature = '', at = ''] = process.argv.slice(2)
const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': at, 'webhook-signature': signature }
const said = (event: CustomerEvent | null): string =>
  event?.event === 'message.received' ? \`\${event.from}: \${event.message_text}\` : String(event?.event)
console.log(said(readEvent(secret, Buffer.from(body), headers)))
console.log(JSON.stringify(verifyWebhook(secret, body, headers)) === body)
try {
  readEvent(secret, body + ' ', headers)
} catch (error) {
  console.log(error instanceof WebhookVerificationError)
}
const client = createParleyClient({ url: 'http://127.0.0.1:1', apiKey: 'key' })
const page: Promise<{ events: CustomerEvent[]; next_cursor: string | null }> = client.readEvents({ types: ['message.failed'] })
await page.catch((error: unknown) => console.log(error instanceof Error))
`

beforeAll(async () => {
  directory = await temporaryDirectory()
  await mkdir(join(directory.path, 'node_modules'))
  await symlink(root, join(directory.path, 'node_modules/parley'))
  await symlink(join(root, 'node_modules/@types'), join(directory.path, 'node_modules/@types'))
  await writeFile(join(directory.path, 'package.json'), '{"type":"module"}')
  await writeFile(join(directory.path, 'program.ts'), program)
})
afterAll(() => directory.remove())

describe('parley/client', () => {
  it('has types that a strict program of somebody else compiles with', async () => {
    const options = [
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
      '--outDir',
      'out',
    ]
    const compiler = join(root, 'node_modules/ts7/bin/tsc')
    const compiled = run(process.execPath, [compiler, ...options, 'program.ts'], { cwd: directory.path })
    expect((await compiled.catch((error: { stdout: string }) => error)).stdout).toBe('')
  })

  it('runs there, and reads what the official library signed', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const ids = Object.entries({ id: 'evt', workspace_id: 'wsp', instance_id: 'num', contact_id: 'ctc' })
    const more = Object.entries({ message_id: 'msg', conversation_id: 'cnv' })
    const body = JSON.stringify({
      event: 'message.received',
      ...Object.fromEntries([...ids, ...more].map(([key, prefix]) => [key, `${prefix}_${'0'.repeat(32)}`])),
      instance_name: 'Shop',
      from: '+966500000000',
      from_user_id: null,
      message_text: '¿Dónde está? 🌍',
      message_type: 'text',
      external_message_id: 'wamid.1',
      timestamp: '2026-05-07T10:00:00Z',
    })
    const at = new Date()
    const signature = new Webhook(secret).sign('evt_1', at, body)
    const seconds = String(Math.floor(at.getTime() / 1_000))
    const { stdout } = await run(process.execPath, ['out/program.js', secret, body, signature, seconds], {
      cwd: directory.path,
    })
    expect(stdout.trim().split('\n')).toEqual(['+966500000000: ¿Dónde está? 🌍', 'true', 'true', 'true'])
  })
})
