import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { connect, openShop, prepareList, type Shop, waitForList } from '../../rig/shop.ts'

interface LedgerSummary {
  accepted: number
  /** How often each code was the answer. */
  refusals: Record<string, number>
  by_number: { phone_number_id: string; accepted: number; worst_second: number }[]
  recipients: number
  repeated_recipient_count: number
  repeated_opaque_count: number
}

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

async function ledger(): Promise<LedgerSummary> {
  return (await shop.control.get<LedgerSummary>('/_control/ledger?summary=1')).body
}

describe('a list', () => {
  it('goes out to everybody once and comes back delivered and read', async () => {
    const list = await prepareList(shop, { rows: 300, category: 'UTILITY' })
    const before = (await ledger()).accepted
    await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
    await waitForList(shop.api, list.id, 'finished')
    await eventually(async () => {
      const { body } = await shop.api.get<{ counts: Record<string, number> }>(`/api/v1/lists/${list.id}`)
      expect(body.counts).toMatchObject({
        total: 300,
        sent: 300,
        delivered: 300,
        read: 300,
        failed: 0,
        unknown: 0,
      })
    })
    const after = await ledger()
    expect(after.accepted - before).toBe(300)
    expect(after.repeated_recipient_count).toBe(0)
  })

  it('paused and resumed ten times sends each message once: sent and left are the total', async () => {
    const list = await prepareList(shop, { rows: 1500, category: 'MARKETING' })
    const before = (await ledger()).accepted
    await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
    for (let i = 0; i < 10; i++) {
      const { body } = await shop.api.send<{ state: string; counts: Record<string, number> }>(
        'POST',
        `/api/v1/lists/${list.id}/pause`,
      )
      if (body.state === 'finished') break
      const { counts } = (await shop.api.get<{ counts: Record<string, number> }>(`/api/v1/lists/${list.id}`))
        .body
      const { sent = 0, failed = 0, skipped = 0, unknown = 0, waiting = 0, sending = 0 } = counts
      expect(sent + failed + skipped + unknown + waiting + sending).toBe(1500)
      await shop.api.send('POST', `/api/v1/lists/${list.id}/resume`)
    }
    await waitForList(shop.api, list.id, 'finished')
    expect((await ledger()).accepted - before).toBe(1500)
  })

  it('of a number that is used in the Business app too never has more than 20 in any second', async () => {
    const { connector } = await connect(shop.api, shop.control, { numbers: [{ is_on_biz_app: true }] })
    const [number] = connector.numbers
    if (number === undefined) throw new Error('The connector has no number.')
    const { api } = shop
    const list = await prepareList({ api, connector, numberId: number.id }, { rows: 90, category: 'UTILITY' })
    await api.send('POST', `/api/v1/lists/${list.id}/start`)
    await waitForList(api, list.id, 'finished')
    const { by_number, refusals } = await ledger()
    const sent = by_number.find(({ phone_number_id }) => phone_number_id === number.phone_number_id)
    expect(sent?.accepted).toBe(90)
    expect(sent?.worst_second).toBeLessThanOrEqual(20)
    expect(refusals).not.toHaveProperty('130429')
  })

  it('survives kill -9 of the hub in the middle: nobody gets two, nobody is forgotten', async () => {
    const list = await prepareList(shop, { rows: 2000, category: 'MARKETING' })
    const before = await ledger()
    await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
    for (const share of [0.2, 0.5, 0.8]) {
      await eventually(async () => {
        if ((await ledger()).accepted - before.accepted < 2000 * share) throw new Error('Not far enough yet.')
      }, 60_000)
      await shop.hub.kill()
      await shop.restart()
    }
    await waitForList(shop.api, list.id, 'finished')
    // Statuses prove what the killed process never learnt: every recipient ends settled.
    await eventually(async () => {
      const { body } = await shop.api.get<{ counts: Record<string, number> }>(`/api/v1/lists/${list.id}`)
      expect(body.counts).toMatchObject({ total: 2000, waiting: 0, sending: 0, failed: 0 })
      expect((body.counts.sent ?? 0) + (body.counts.unknown ?? 0)).toBe(2000)
      expect(body.counts.read).toBe(body.counts.sent)
      // What the hub calls sent is what the provider accepted, to the message.
      expect((await ledger()).accepted - before.accepted).toBe(body.counts.sent)
    }, 60_000)
    const after = await ledger()
    expect(after.repeated_recipient_count).toBe(0)
    expect(after.repeated_opaque_count).toBe(0)
  })
})
