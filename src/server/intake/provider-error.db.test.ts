import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { metaBody, openIntake, openShop } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { send, work, logsOf, rowsOf } = runIntake(intake)

it('an error that belongs to no message stands in the history of its number and in the bell, once a day', async () => {
  const shop = await openShop(intake.ctx)
  const { workspaceId, connectorId, numberId } = shop
  const details = 'There were too many messages sent from this phone number in a short period of time.'
  const error = { code: 130_429, title: 'Rate limit hit', error_data: { details } }
  await send(shop, metaBody(shop, { errors: [error] }), metaBody(shop, { errors: [error] }))
  await work()
  const outcomes = (await logsOf(shop)).flatMap(({ facts }) =>
    facts.map(({ kind, outcome }) => [kind, outcome]),
  )
  expect(outcomes.toSorted()).toEqual([
    ['error', 'applied'],
    ['error', 'repeat'],
  ])
  expect(
    await rowsOf(
      sql`select topic, change, number_id, details from account_changes where workspace_id = ${workspaceId}`,
    ),
  ).toEqual([{ topic: 'error', change: '130429', number_id: numberId, details: { description: details } }])
  expect(await rowsOf(sql`select too_fast_told from slow_downs where workspace_id = ${workspaceId}`)).toEqual(
    [{ too_fast_told: 2 }],
  )
  expect(
    await rowsOf(sql`select kind, subject_id, params from notices where workspace_id = ${workspaceId}`),
  ).toMatchObject([
    { kind: 'provider_error', subject_id: connectorId, params: { code: '130429', description: details } },
  ])
})
