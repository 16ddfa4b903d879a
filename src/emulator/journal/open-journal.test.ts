import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startEmulator } from '../start-emulator.ts'
import { type Dict, dict, dicts, Stage, wamidOf } from '../testing/stage.ts'

let directory: string
let stage: Stage

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-emulator-'))
  stage = await open()
})

afterEach(async () => {
  await stage.close()
  await rm(directory, { recursive: true, force: true })
})

const fail = (error: unknown) => {
  throw error
}

function open(options: { port?: number; messagesMax?: number } = {}): Promise<Stage> {
  const { port = 0, messagesMax } = options
  return Stage.open({ port, journal: { directory, messagesMax, onFailure: fail } })
}

/** The next process, with its own account beside those of before. */
async function reopen(messagesMax?: number): Promise<void> {
  await stage.close()
  const { account } = stage
  stage = await open(messagesMax === undefined ? {} : { messagesMax })
  stage.account = account
}

const ledger = async (): Promise<Dict[]> => dicts((await stage.control('GET', '/ledger')).body.data)

it('a last line that was cut off counts for nothing, one in the middle is named', async () => {
  const wamid = wamidOf(await stage.sendTemplate('34600000001'))
  const file = join(directory, 'journal.jsonl')
  await stage.close()
  await appendFile(file, '["accepted",2,17952')
  stage = await open()
  expect((await ledger()).map((entry) => entry.wamid)).toEqual([wamid])
  await stage.close()
  await appendFile(file, '["accepted",2,17952\n["reset"]\n')
  await expect(open()).rejects.toThrow(`of ${file} is unreadable`)
})

it('who finds the port taken leaves the journal to the one who has it', async () => {
  const port = Number(new URL(stage.emulator.url).port)
  const journal = { directory, onFailure: fail }
  await expect(startEmulator({ host: '127.0.0.1', port, journal })).rejects.toThrow('EADDRINUSE')
  const wamid = wamidOf(await stage.sendTemplate('34600000002'))
  await reopen()
  expect((await ledger()).map((entry) => entry.wamid)).toEqual([wamid])
})

it('of two on one directory the later one is remembered, and neither spoils the other', async () => {
  const later = await open()
  await stage.sendTemplate('34600000003')
  const wamid = wamidOf(await later.sendTemplate('34600000004'))
  await later.close()
  await reopen()
  expect((await ledger()).map((entry) => entry.wamid)).toEqual([wamid])
})

it('remembers as many messages as it is told to, and gives no id twice', async () => {
  const wamids: string[] = []
  for (let n = 0; n < 5; n += 1) wamids.push(wamidOf(await stage.sendTemplate(`3460000010${n}`)))
  await reopen(2)
  expect((await ledger()).map((entry) => entry.wamid)).toEqual(wamids.slice(3))
  const next = wamidOf(await stage.sendTemplate('34600000200'))
  expect(wamids).not.toContain(next)
  await reopen()
  expect((await ledger()).map((entry) => entry.wamid)).toEqual([...wamids.slice(3), next])
})

it('keeps a text with every kind of line in it', async () => {
  const { numberId } = stage.account
  const text = 'one\ntwo\r\nthree\u2028four\u2029five \u0085 "six"'
  await stage.control('POST', '/customers/34600000006/messages', { to: numberId, type: 'text', text })
  await stage.control('PATCH', '/customers/34600000006', { phone_number_id: numberId, name: text })
  await reopen()
  const thread = await stage.control('GET', `/customers/34600000006/thread?phone_number_id=${numberId}`)
  expect(dicts(thread.body.data)[0]?.text).toBe(text)
  expect(dict(thread.body.customer).name).toBe(text)
})

it('keeps files as long as they are known', async () => {
  const act = async () =>
    stage.control('POST', '/customers/34600000005/messages', { to: stage.account.numberId, type: 'image' })
  await act()
  const path = `/customers/34600000005/thread?phone_number_id=${stage.account.numberId}`
  const [message] = dicts((await stage.control('GET', path)).body.data)
  const id = String(dict(message?.media).id)
  expect(await readdir(join(directory, 'media'))).toEqual([id])
  const bytes = await readFile(join(directory, 'media', id))
  await reopen()
  const answer = await fetch(`${stage.emulator.url}/_control/media/${id}`)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
  await stage.control('POST', '/reset')
  expect(await readdir(join(directory, 'media'))).toEqual([])
})
