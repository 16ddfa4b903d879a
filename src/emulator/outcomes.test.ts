import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OUTCOMES } from './sending/outcomes.ts'
import { dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
  await stage.settings({
    sent_after_ms: 20,
    delivered_after_ms: 60,
    read_after_ms: 100,
    callback_concurrency: 1,
  })
})

afterAll(() => stage.close())

const told: [suffix: string, statuses: string[]][] = [
  ['9900', ['failed:131026']],
  ['9901', ['failed:131047']],
  ['9902', ['failed:131049']],
  ['9903', ['failed:131050']],
  ['9904', ['failed:130472']],
  ['9906', ['failed:131000']],
  ['9908', ['sent']],
  ['9909', ['sent', 'read']],
  ['9911', ['read', 'delivered', 'sent']],
  ['9914', ['sent', 'delivered']],
  ['9916', ['sent', 'failed:131026']],
  ['9918', []],
  ['9920', ['failed:131053']],
  ['9922', []],
  ['9923', ['sent', 'delivered', 'read']],
  ['9924', ['failed:132015']],
]

const refused: [suffix: string, code: number, status: number][] = [
  ['9905', 131056, 400],
  ['9913', 131000, 500],
  ['9915', 131009, 400],
  ['9919', 131030, 400],
  ['9921', 2, 503],
]

describe('the last four digits of a recipient', () => {
  it.each(told)('%s is told %j', async (suffix, statuses) => {
    const answer = await stage.sendTemplate(`1415555${suffix}`)
    expect(answer.status).toBe(200)
    const wamid = wamidOf(answer)
    await until('its statuses', () => stage.hub.statusesOf(wamid).length >= statuses.length)
    await sleep(150)
    expect(stage.hub.statusesOf(wamid)).toEqual(statuses)
  })

  it.each(refused)('%s is refused with %i and HTTP %i', async (suffix, code, status) => {
    const answer = await stage.sendTemplate(`1415555${suffix}`)
    expect([answer.status, errorOf(answer).code]).toEqual([status, code])
    const ledger = await stage.control('GET', `/ledger?to=1415555${suffix}`)
    expect(ledger.body.data).toEqual([])
  })

  it('9907 is refused once, then accepted', async () => {
    expect(errorOf(await stage.sendTemplate('14155559907')).code).toBe(130429)
    expect((await stage.sendTemplate('14155559907')).status).toBe(200)
  })

  it('9910 hears every status twice', async () => {
    const wamid = wamidOf(await stage.sendTemplate('14155559910'))
    await until('six statuses', () => stage.hub.statusesOf(wamid).length === 6)
    expect(stage.hub.statusesOf(wamid).sort()).toEqual([
      'delivered',
      'delivered',
      'read',
      'read',
      'sent',
      'sent',
    ])
  })

  it('9912 is accepted, but its answer never comes', async () => {
    const sending = stage.sendTemplate('14155559912', { biz_opaque_callback_data: 'lost-one' })
    await expect(sending).rejects.toThrow()
    const { body } = await stage.control('GET', '/ledger?to=14155559912')
    const [entry] = dicts(body.data)
    expect(entry).toMatchObject({ answered: 'lost', biz_opaque_callback_data: 'lost-one' })
    await until('its statuses', () => stage.hub.statusesOf(String(entry?.wamid)).includes('read'))
  })

  it.each(['9922', '9923', '9924'])('%s is held for quality assessment', async (suffix) => {
    const { body } = await stage.sendTemplate(`1415556${suffix}`)
    expect(dicts(body.messages)[0]?.message_status).toBe('held_for_quality_assessment')
  })

  it('9917 fails after it was read', async () => {
    const wamid = wamidOf(await stage.sendTemplate('14155559917'))
    await until('four statuses', () => stage.hub.statusesOf(wamid).length === 4)
    expect(stage.hub.statusesOf(wamid)).toContain('failed:131000')
  })

  it('are listed where a tester looks', async () => {
    const { body } = await stage.control('GET', '/outcomes')
    expect(dicts(body.data).map((outcome) => outcome.suffix)).toEqual(OUTCOMES.map(({ suffix }) => suffix))
  })
})
