import fc from 'fast-check'
import { expect, it } from 'vitest'
import { takeUpArrived } from './await-message.ts'
import { dayOf, prepareDay, seenOf } from './testing/a-day.ts'
import { openIntake, openShop } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, logsOf, rowsOf } = runIntake(intake)

/** The day told in this order, all at once or bit by bit; what is seen of it at its end. */
async function live(order: readonly number[], piecesMax: number): Promise<unknown> {
  const shop = await openShop(ctx)
  await prepareDay(ctx, shop)
  const bodies = dayOf(shop)
  const size = Math.ceil(order.length / piecesMax)
  for (let start = 0; start < order.length; start += size) {
    await send(shop, ...order.slice(start, start + size).map((n) => bodies[n] ?? ''))
    await work()
  }
  await takeUpArrived(ctx)
  await work()
  const facts = (await logsOf(shop)).flatMap((log) => log.facts)
  expect(facts.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  return (await rowsOf(seenOf(shop)))[0]
}

it('F07 any order and any duplication of a day’s webhooks ends in the same database', async () => {
  const shop = await openShop(ctx)
  const straight = dayOf(shop).map((_, n) => n)
  const expected = await live(straight, 1)
  expect(expected).toMatchObject({ templates: [['order_update', 'APPROVED', 'MARKETING', 'RED', null]] })

  const orders = fc
    .tuple(
      fc.shuffledSubarray(straight, { minLength: straight.length }),
      fc.array(fc.nat(straight.length - 1)),
    )
    .chain(([all, again]) =>
      fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
    )
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 1, max: 6 }), async (order, pieces) => {
      expect(await live(order, pieces)).toEqual(expected)
    }),
    { numRuns: 15, endOnFailure: true },
  )
})
