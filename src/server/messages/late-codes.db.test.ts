import { expect, it } from 'vitest'
import { testCtx } from '../platform/testing/index.ts'
import { claimDirectIntents, queueMessage } from './index.ts'
import { seedNumber } from './testing/index.ts'

const ctx = await testCtx()
const db = ctx.db.lanes

it('a claim leaves out a one-time code that could not go for ten minutes, counted from when it was to be sent', async () => {
  const seed = await seedNumber(ctx)
  const template_id = await seed.addTemplate({ name: 'code', category: 'AUTHENTICATION' })
  const queue = async (minutes: number, category: string) => {
    const { id } = await queueMessage(db, seed.workspaceId, {
      number_id: seed.numberId,
      contact_id: await seed.addContact(),
      to_phone: '598091234567',
      to_user_id: null,
      origin: 'api',
      type: 'template',
      content: { template: { name: 'code', language: { code: 'en_US' } } },
      priority: 1,
      template_id: category === 'AUTHENTICATION' ? template_id : seed.templateId,
      category,
      next_at: new Date(Date.now() - minutes * 60_000),
    })
    return id
  }
  const late = await queue(11, 'AUTHENTICATION')
  const timely = await queue(9, 'AUTHENTICATION')
  const patient = await queue(60, 'UTILITY')
  const claim = await claimDirectIntents(db, await seed.takeLane(), 10)
  expect(claim.skipped).toMatchObject([{ id: late, skip_reason: 'too_late' }])
  expect(claim.intents.map(({ id }) => id).toSorted()).toEqual([timely, patient].toSorted())
})
