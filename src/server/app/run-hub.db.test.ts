import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codeOf, openBrowser } from './testing/browser.ts'
import { freePorts, runProgram, temporaryDataDir } from './testing/program.ts'

const dataDir = await temporaryDataDir()
const port = await freePorts()
const env = { PARLEY_DATA_DIR: dataDir, PORT: String(port) }
const url = `http://127.0.0.1:${port}`

async function startHub() {
  const hub = runProgram([], env)
  await hub.until('The sandbox')
  return hub
}

const accountSchema = z.object({ numbers: z.array(z.object({ phone_number_id: z.string() })) })

function numbersIn(account: unknown): string[] {
  return accountSchema.parse(account).numbers.map(({ phone_number_id }) => phone_number_id)
}

describe('the program', () => {
  it('starts with one command, is set up by its link, and stops cleanly when told to', async () => {
    const hub = await startHub()
    await hub.until('/setup?token=')
    const token = /token=(\S+)/.exec(hub.stdout())?.[1]
    const browser = openBrowser(url)
    const made = await browser.send('POST', '/api/v1/setup', {
      token,
      email: 'ana@example.com',
      password: 'a-long-password',
      name: 'Ana',
      workspace_name: 'Acme',
      workspace_slug: 'acme',
    })
    expect(made.status).toBe(201)
    expect((await browser.send('GET', '/readyz')).body).toMatchObject({ roles: ['web', 'worker', 'sandbox'] })

    hub.child.kill('SIGTERM')
    expect(await hub.end()).toBe(0)
    expect(hub.stderr()).toBe('')
  })

  it('gives commands a key beside a hub that runs, and beside none', async () => {
    const create = ['keys', 'create', '--workspace', 'acme', '--name', 'test']
    const alone = runProgram(create, env)
    expect(await alone.end()).toBe(0)
    expect(alone.stdout()).toMatch(/^pk_live_[\w-]{43}\n$/)

    const hub = await startHub()
    expect(hub.stdout()).not.toContain('/setup?token=')
    const beside = runProgram(create, env)
    expect(await beside.end()).toBe(0)
    for (const run of [alone, beside]) {
      const answer = await openBrowser(url, run.stdout().trim()).send('GET', '/api/v1/members')
      expect(answer.status).toBe(200)
    }
    const unknown = runProgram(['keys', 'create', '--workspace', 'nowhere', '--name', 'test'], env)
    expect(await unknown.end()).toBe(1)
    expect(unknown.stdout()).toBe('')
    expect(unknown.stderr()).toBe('There is no workspace "nowhere".\n')

    const second = runProgram([], { ...env, PORT: String(await freePorts()) })
    expect(await second.end()).toBe(1)
    expect(second.stderr()).toContain(`Another Parley is running on the data directory ${dataDir}.`)
    hub.child.kill('SIGINT')
    expect(await hub.end()).toBe(0)
  })

  it('takes its data up again after it was killed, and the sandbox its chats', async () => {
    const killed = await startHub()
    const sandbox = openBrowser(`http://127.0.0.1:${port + 1}`)
    const account = await sandbox.send('POST', '/_control/accounts', {})
    const [number] = numbersIn(account.body)
    const thread = `/_control/customers/34600111222/thread?phone_number_id=${number}`
    await sandbox.send('POST', '/_control/customers/34600111222/messages', {
      to: number,
      type: 'text',
      text: 'Are you open on Sundays?',
    })
    const chat = await sandbox.send('GET', thread)
    expect(JSON.stringify(chat.body)).toContain('Sundays')
    killed.child.kill('SIGKILL')
    await killed.end()
    const hub = await startHub()
    expect((await sandbox.send('GET', thread)).body).toEqual(chat.body)
    const answer = await openBrowser(url).send('POST', '/api/v1/session', {
      email: 'ana@example.com',
      password: 'a-long-password',
    })
    expect([answer.status, codeOf(answer)]).toEqual([200, undefined])
    hub.child.kill('SIGTERM')
    expect(await hub.end()).toBe(0)
  })

  it.each([
    [{ PORT: 'abc' }, 'PORT must be a port number.'],
    [{ PARLEY_DATA_DIR: '/dev/null/data' }, '/dev/null/data is not writable'],
    [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'The database can not be reached'],
  ])('says in a sentence why it can not start: %j', async (wrong, sentence) => {
    const hub = runProgram([], { ...env, ...wrong })
    expect(await hub.end()).toBe(1)
    expect(hub.stderr()).toContain(sentence)
    expect(hub.stderr().trim().split('\n')).toHaveLength(1)
  })

  it('names the port that another program has', async () => {
    const other = createServer().listen(port, '127.0.0.1')
    const hub = runProgram([], env)
    expect(await hub.end()).toBe(1)
    expect(hub.stderr()).toContain(`Port ${port} is in use by another program.`)
    other.close()
  })
})
