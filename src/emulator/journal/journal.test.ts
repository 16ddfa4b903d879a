import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EmulatorProcess } from '../testing/emulator-process.ts'
import { dict, dicts, Stage, until, wamidOf } from '../testing/stage.ts'

let directory: string
let emulator: EmulatorProcess
let stage: Stage

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-emulator-'))
  emulator = await new EmulatorProcess(directory).start()
  stage = await Stage.openWith(emulator)
})

afterEach(async () => {
  await stage.close()
  await rm(directory, { recursive: true, force: true })
})

async function killAndStart(): Promise<void> {
  await emulator.kill()
  await emulator.start()
}

/** A 200 is known to the hub a moment before the emulator has it, and writes it down. */
async function stopAndStart(): Promise<void> {
  await until('the answers', async () =>
    dicts((await stage.control('GET', '/callbacks')).body.data).every(
      ({ waiting, retrying, in_flight }) => waiting === 0 && retrying === 0 && in_flight === 0,
    ),
  )
  await emulator.stop()
  await emulator.start()
}

const ledger = async () => dicts((await stage.control('GET', '/ledger?limit=10000')).body.data)

/** Sends until told to stop; answers the wamid of each message that was answered, by its opaque data. */
async function keepSending(name: string, isOver: () => boolean): Promise<Map<string, string>> {
  const answered = new Map<string, string>()
  for (let turn = 0; !isOver(); turn += 1) {
    const opaque = `${name}-${turn}`
    const to = `3460${name}${String(turn).padStart(5, '0')}`
    const answer = await stage.sendTemplate(to, { biz_opaque_callback_data: opaque }).catch(() => null)
    if (answer?.status === 200) answered.set(opaque, wamidOf(answer))
    if (answer === null) return answered
  }
  return answered
}

it('killed while it accepts, it knows all that it answered, and every status still comes', async () => {
  await stage.settings({ sent_after_ms: 100, delivered_after_ms: 300, read_after_ms: 600 })
  const answered = new Map<string, string>()
  for (let life = 0; life < 3; life += 1) {
    const senders = Array.from({ length: 9 }, (_, n) => keepSending(String(life * 10 + n + 10), () => false))
    await new Promise((resolve) => setTimeout(resolve, 400))
    await killAndStart()
    for (const sent of await Promise.all(senders))
      for (const [opaque, wamid] of sent) answered.set(opaque, wamid)
  }
  expect(answered.size).toBeGreaterThan(20)

  const entries = await ledger()
  const known = new Map(entries.map((entry) => [entry.biz_opaque_callback_data, entry.wamid]))
  for (const [opaque, wamid] of answered) expect(known.get(opaque)).toBe(wamid)
  const wamids = entries.map(({ wamid }) => String(wamid))
  expect(new Set(wamids).size).toBe(wamids.length)
  await until('each status of each message', () => {
    const told = new Set(
      stage.hub.values().flatMap((value) => dicts(value.statuses).map(({ id, status }) => `${id} ${status}`)),
    )
    return wamids.every((wamid) =>
      ['sent', 'delivered', 'read'].every((state) => told.has(`${wamid} ${state}`)),
    )
  })
  expect((await ledger()).every(({ state }) => state === 'read')).toBe(true)
  const next = wamidOf(await stage.sendTemplate('34600000001'))
  expect(wamids).not.toContain(next)
})

it('callbacks that nobody took come after a restart, those that were taken do not', async () => {
  const taken = wamidOf(await stage.sendTemplate('34600000002'))
  await until('its statuses', () => stage.hub.statusesOf(taken).includes('read'))
  await stopAndStart()
  stage.hub.status = 503
  const refused = wamidOf(await stage.sendTemplate('34600000003'))
  await stage.control('POST', '/customers/34600000004/messages', {
    to: stage.account.numberId,
    type: 'text',
    text: 'Still there?',
  })
  await stage.control('PATCH', `/numbers/${stage.account.numberId}`, { quality_rating: 'RED' })
  await new Promise((resolve) => setTimeout(resolve, 700))
  await emulator.kill()
  stage.hub.received.length = 0
  stage.hub.status = 200
  await emulator.start()
  await until('the statuses', () => stage.hub.statusesOf(refused).length === 3)
  await until('the message', () => stage.hub.values().some((value) => dicts(value.messages).length > 0))
  await until('the flag', () =>
    stage.hub.changes().some(({ field }) => field === 'phone_number_quality_update'),
  )
  expect(stage.hub.statusesOf(taken)).toEqual([])
  await stopAndStart()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(stage.hub.statusesOf(refused)).toHaveLength(3)
})

it('after a kill it is the same Meta: token, templates, customers, threads, files and switches', async () => {
  const { numberId, numberPhone, wabaId } = stage.account
  await stage.settings({ template_review_ms: 1_000 })
  const draft = {
    name: 'quiet_news',
    language: 'en_US',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'News from the harbor.' }],
  }
  await stage.graph('POST', `/${wabaId}/message_templates`, draft)
  const act = (phone: string, message: object) =>
    stage.control('POST', `/customers/${phone}/messages`, { to: numberId, ...message })
  await act('34600000005', { type: 'image', caption: 'My boat', name: 'Inés' })
  await stage.control('PATCH', '/customers/34600000005', { phone_number_id: numberId, hides_phone: true })
  await stage.send({ to: '34600000005', type: 'text', text: { body: 'Lovely' } })
  const thread = () => stage.control('GET', `/customers/34600000005/thread?phone_number_id=${numberId}`)
  await until('the thread', async () => dicts((await thread()).body.data).at(-1)?.state === 'read')
  const before = (await thread()).body
  const people = ['34600000006', '34600000007']
  const made = await stage.control('POST', '/groups', {
    ...{ phone_number_id: numberId, subject: 'Harbor', participants: people },
  })
  const group = `/groups/${made.body.id}`
  await stage.control('POST', `${group}/participants/34600000006/messages`, { type: 'text', text: 'Ahoy' })
  const groupBefore = (await stage.control('GET', group)).body
  const mediaId = String(dict(dicts(before.data)[0]?.media).id)

  await killAndStart()
  expect((await thread()).body).toEqual(before)
  expect((await stage.control('GET', group)).body).toEqual(groupBefore)
  expect((await stage.graph('GET', `/${numberId}`)).body.display_phone_number).toMatch(numberPhone.slice(-4))
  expect((await stage.control('GET', '/settings')).body.template_review_ms).toBe(1_000)
  expect((await fetch(`${emulator.url}/_control/media/${mediaId}`)).status).toBe(200)
  const reviewed = async () =>
    dicts((await stage.graph('GET', `/${wabaId}/message_templates?name=quiet_news`)).body.data)
  await until('the verdict', async () => (await reviewed())[0]?.status === 'APPROVED')

  await stage.control('POST', '/reset')
  await killAndStart()
  expect((await stage.control('GET', '/accounts')).body.data).toEqual([])
  expect((await stage.control('GET', '/settings')).body.template_review_ms).not.toBe(1_000)
})
