import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Browser, openBrowser } from '../testing/browser.ts'
import { freePorts, runProgram, temporaryDataDir } from '../testing/program.ts'

const dataDir = await temporaryDataDir()
const port = await freePorts()
const env = {
  PARLEY_DATA_DIR: dataDir,
  PORT: String(port),
  PARLEY_SETUP_EMAIL: 'ana@example.com',
  PARLEY_SETUP_PASSWORD: 'a-long-password',
  PARLEY_SETUP_WORKSPACE: 'acme',
  PARLEY_META_APP_ID: '1234',
  PARLEY_META_APP_SECRET: 'secret-of-the-app',
  PARLEY_META_VERIFY_TOKEN: 'chosen-by-the-operator',
}
const url = `http://127.0.0.1:${port}`

async function signIn(): Promise<Browser> {
  const browser = openBrowser(url)
  const answer = await browser.send('POST', '/api/v1/session', {
    email: 'ana@example.com',
    password: 'a-long-password',
  })
  expect(answer.status).toBe(200)
  return browser
}

async function makeHub(browser: Browser): Promise<string> {
  const post = async (path: string, body: unknown) => {
    const { status, text } = await browser.send('POST', `/api/v1${path}`, body)
    expect(status, text).toBe(201)
    return z
      .object({ id: z.string(), numbers: z.array(z.object({ id: z.string() })).default([]) })
      .parse(JSON.parse(text))
  }
  const { numbers } = await post('/connectors', { provider: 'sandbox', name: 'Sandbox' })
  const schedule = { mon: [['09:00', '18:00']] }
  const campaign = await post('/campaigns', {
    name: 'Orders',
    number_id: numbers[0]?.id,
    time_zone: 'UTC',
    schedule,
  })
  const hub = await post('/hubs', { name: 'Orders', campaign_id: campaign.id, channel: 'whatsapp' })
  return hub.id
}

async function run(...args: string[]) {
  const command = runProgram(args, env)
  const code = await command.end()
  return { code, stdout: command.stdout(), stderr: command.stderr() }
}

it('commands beside the hub need no key: they make one for themselves and revoke it', async () => {
  const hub = runProgram([], env)
  await hub.until('The sandbox')
  const browser = await signIn()
  const hubId = await makeHub(browser)

  const file = `${dataDir}/list.csv`
  await writeFile(file, 'phone,name\n598091234567,Ana\n598091234568,Bo\n')
  const upload = await run('lists', 'upload', hubId, file)
  expect(upload).toMatchObject({ code: 0, stdout: expect.stringMatching(/^lst_[0-9a-f]{32}\n$/) })
  const made = await browser.send('GET', `/api/v1/lists/${upload.stdout.trim()}`)
  expect(made.body).toMatchObject({ state: 'draft', rows: 2, file_name: 'list.csv' })

  const check = await run('connectors', 'check')
  expect(check).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Sandbox \(con_\w+\): healthy\n/) })

  const tail = runProgram(['events', 'tail', '--since', '2026-01-01T00:00:00Z'], env)
  const phone_number_id = z
    .object({ data: z.tuple([z.object({ phone_number_id: z.string() })]) })
    .parse((await browser.send('GET', '/api/v1/numbers')).body).data[0].phone_number_id
  await openBrowser(`http://127.0.0.1:${port + 1}`).send(
    'POST',
    '/_control/customers/598091234567/messages',
    {
      to: phone_number_id,
      type: 'text',
      text: 'Hola',
    },
  )
  await tail.until('"type":"message.received"')
  tail.child.kill('SIGINT')
  expect(await tail.end()).toBe(0)

  const replay = await run('inbound', 'replay', '--since', '2026-01-01T00:00:00Z')
  expect(replay).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/finished: [1-9]\d* webhooks worked on anew\.\n$/),
  })
  const logs = await browser.send('GET', '/api/v1/inbound-logs?type=message&limit=1')
  const [log] = z.object({ data: z.array(z.object({ id: z.string() })) }).parse(logs.body).data
  expect(await run('inbound', 'replay', log?.id ?? '')).toMatchObject({ code: 0, stderr: 'processed\n' })
  expect(await run('inbound', 'replay')).toMatchObject({
    code: 1,
    stderr: 'Name the webhook, or the span with --since and --until.\n',
  })
  expect(await run('platform-webhook')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^App +1234\nCallback URL +http:\S+\/webhooks\/meta\nVerify token +chosen-by-the-operator\nUnrouted +0\n$/,
    ),
  })
  expect(await run('platform-webhook', 'unrouted')).toMatchObject({ code: 0, stdout: '' })

  const keys = await browser.send('GET', '/api/v1/api-keys')
  const revoked = z.object({ data: z.array(z.object({ revoked_at: z.string() })) }).parse(keys.body)
  expect(revoked.data).toHaveLength(6)

  expect(await run('lists', 'upload', hubId, '/nowhere.csv')).toMatchObject({
    code: 1,
    stderr: '/nowhere.csv is not a file that can be read.\n',
  })
  expect(
    await run('lists', 'upload', hubId.replace(/.$/, hubId.endsWith('0') ? '1' : '0'), file),
  ).toMatchObject({
    code: 1,
    stderr: 'There is no such hub.\n',
  })
  expect(await run('connectors', 'check', '--url', url)).toMatchObject({
    code: 1,
    stderr: 'Give --url and --key together, or neither.\n',
  })
  hub.child.kill('SIGTERM')
  expect(await hub.end()).toBe(0)
})

it('commands say so when no hub runs', async () => {
  const check = await run('connectors', 'check')
  expect(check.code).toBe(1)
  const replay = await run('inbound', 'replay', '--since', 'yesterday')
  expect(replay.stderr).toBe('"yesterday" is not a time. Write one as 2026-05-07T10:00:00Z.\n')
  expect(check.stderr).toBe(`No Parley answers at ${url}. Start it with npm start, or give --url.\n`)
})
