import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { recipientId } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { correctRecipient } from '../recipients/correct-recipient.ts'
import { createDriver } from '../testing/drive-lists.ts'
import { readRows } from '../testing/read-rows.ts'
import { seedHub } from '../testing/seed-hub.ts'
import { forecastList } from './forecast-list.ts'
import { preflightList } from './preflight-list.ts'
import { startList } from './start-list.ts'

const ctx = await testCtx()
const { readyList, turn } = createDriver(ctx)

it('rows whose values the template cannot take are counted before the start, and can be mended', async () => {
  const seeded = await seedHub(ctx)
  const { workspaceId } = seeded.owner
  const rows = ['phone,name,order', `59891000001,${'x'.repeat(1100)},1`, '59891000002,Ana,2']
  const list = await readyList(seeded, rows.join('\n'))
  const before = await preflightList(ctx, workspaceId, list.id)
  expect(before).toMatchObject({ total: 2, will_send: 1, skipped: { wrong_value: 1 } })
  const [long] = await readRows(ctx, seeded, list, { state: 'problem' })
  const changes = { cells: { name: 'Eva' } }
  const id = recipientId.parse(long?.id)
  const mended = await correctRecipient(ctx, seeded.owner, { listId: list.id, id, changes })
  expect(mended.problem).toBeNull()
  const after = await preflightList(ctx, workspaceId, list.id)
  expect(after).toMatchObject({ will_send: 2, skipped: { wrong_value: 0 } })
})

it('of the daily limit a list needs a place for each person who is neither counted already nor inside the window', async () => {
  const seeded = await seedHub(ctx)
  const { workspaceId } = seeded.owner
  const db = ctx.db.worker
  await sql`update numbers set messaging_limit = 'TIER_50' where id = ${seeded.numberId}`.execute(db)
  const phones = Array.from({ length: 6 }, (_, n) => `5989100000${n}`)
  const [counted, yesterday, writer] = phones
  await sql`
    insert into portfolio_recipients (portfolio, person, reserved_at)
    select portfolio_of(${workspaceId}, ${seeded.numberId}), person, now() - age
    from (values (${counted}, interval '1 hour'), (${yesterday}, interval '25 hours'), ('59899999999', interval '0')) p(person, age)`.execute(
    db,
  )
  await sql`
    with contact as (
      insert into contacts (workspace_id, id, phone) values (${workspaceId}, parley_id('ctc'), ${writer}) returning id
    )
    insert into conversations (workspace_id, id, number_id, contact_id, window_expires_at)
    select ${workspaceId}, parley_id('cnv'), ${seeded.numberId}, id, now() + interval '1 hour' from contact`.execute(
    db,
  )

  const list = await readyList(
    seeded,
    ['phone,name,order', ...phones.map((phone) => `${phone},Ana,1`)].join('\n'),
  )
  const limit = { total: 50, free: 48, needs: 4 }
  expect(await preflightList(ctx, workspaceId, list.id)).toMatchObject({ will_send: 6, daily_limit: limit })
  await startList(ctx, seeded.owner, list.id)
  expect(await forecastList(ctx, workspaceId, list.id)).toMatchObject({ remaining: 6, daily_limit: limit })
  await turn()
  expect(await forecastList(ctx, workspaceId, list.id)).toMatchObject({ remaining: 6, daily_limit: limit })

  // The place of a message that was refused for now is given back, though the ledger takes that in later.
  await sql`
    with refused as (
      insert into portfolio_recipients (portfolio, person, reserved_at, message_id)
      select portfolio_of(${workspaceId}, ${seeded.numberId}), ${phones[5]}, now(), 'msg_refused'
      returning portfolio, person, reserved_at, message_id
    )
    insert into portfolio_notes (portfolio, message_id, went, person, reserved_at)
    select portfolio, message_id, false, person, reserved_at from refused`.execute(db)
  expect(await forecastList(ctx, workspaceId, list.id)).toMatchObject({ remaining: 6, daily_limit: limit })
})
