import { describe, expect, it } from 'vitest'
import type { NoticeKind } from '../../contract/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { countUnread, insertReads, selectNotices } from './queries.ts'
import { type OpenNotice, raiseNotice, resolveNotices } from './raise-notice.ts'
import { readFlags } from './read-flags.ts'

const ctx = await testCtx()

const at = new Date()
const soon = new Date(Date.now() + 3_600_000)

function bell({ workspaceId }: SeededWorkspace) {
  const run = <Value>(work: Parameters<typeof ctx.db.inWorkspace<Value>>[1]) =>
    ctx.db.inWorkspace(workspaceId, work)
  return {
    raise: (kind: NoticeKind, more: Partial<OpenNotice> = {}) =>
      run((tx) =>
        raiseNotice(tx, workspaceId, { kind, subject_id: 'con_1', subject_name: 'Shop', at, ...more }),
      ),
    resolve: (...kinds: NoticeKind[]) =>
      run((tx) => resolveNotices(tx, workspaceId, { kinds, subject_id: 'con_1' })),
    unread: async (readerId: string) =>
      (await run((tx) => countUnread(tx, workspaceId, readerId))).reduce((sum, { count }) => sum + count, 0),
    read: (readerId: string, noticeId: string | null = null) =>
      run((tx) => insertReads(tx, workspaceId, { readerId, noticeId })),
    list: (readerId: string) =>
      run((tx) => selectNotices(tx, workspaceId, { readerId, unreadOnly: false, before: null, limit: 50 })),
    flags: async () => (await run((tx) => readFlags(tx, workspaceId, ['con_1']))).map(({ kind }) => kind),
  }
}

describe('notices', () => {
  it('are raised once for the same thing, and anew when they say something else', async () => {
    const it = bell(await seedWorkspace(ctx))
    expect(await it.raise('account_restricted', { params: { types: ['A'] } })).toBe(true)
    expect(await it.raise('account_restricted', { params: { types: ['A'] } })).toBe(false)
    expect(await it.raise('account_restricted', { params: { types: ['B'] } })).toBe(true)
    const [newest, older] = await it.list('per_1')
    expect(newest).toMatchObject({ params: { types: ['B'] }, resolved_at: null, read: false })
    expect(older?.resolved_at).toBeInstanceOf(Date)
  })

  it('are read by each person alone', async () => {
    const it = bell(await seedWorkspace(ctx))
    await it.raise('account_disabled')
    await it.raise('account_review_rejected')
    const [newest] = await it.list('per_1')
    expect(await it.read('per_1', newest?.id)).toBe(true)
    expect([await it.unread('per_1'), await it.unread('per_2')]).toEqual([1, 2])
    await it.read('per_1')
    expect([await it.unread('per_1'), await it.unread('per_2')]).toEqual([0, 2])
    expect(await it.read('per_1', 'ntc_none')).toBe(false)
  })

  it('that are over count no more and flag nothing', async () => {
    const it = bell(await seedWorkspace(ctx))
    await it.raise('account_disabled')
    await it.raise('account_restricted', { expires_at: soon })
    await it.raise('account_features_restricted', { expires_at: new Date(Date.now() - 1_000) })
    expect(await it.flags()).toEqual(expect.arrayContaining(['account_disabled', 'account_restricted']))
    expect(await it.unread('per_1')).toBe(2)
    expect(await it.resolve('account_disabled')).toBe(true)
    expect(await it.resolve('account_disabled')).toBe(false)
    expect(await it.flags()).toEqual(['account_restricted'])
    expect(await it.unread('per_1')).toBe(1)
  })

  it('about news ring each time it happens, even in the same words', async () => {
    const it = bell(await seedWorkspace(ctx))
    await it.raise('account_reinstated')
    await it.read('per_1')
    expect(await it.raise('account_reinstated')).toBe(true)
    expect(await it.unread('per_1')).toBe(1)
    expect(await it.flags()).toEqual([])
  })

  it('that have run out make way for the same one again', async () => {
    const it = bell(await seedWorkspace(ctx))
    await it.raise('account_restricted', { expires_at: new Date(Date.now() - 1_000) })
    expect(await it.raise('account_restricted', { expires_at: soon })).toBe(true)
    expect(await it.list('per_1')).toHaveLength(2)
  })

  it('of another workspace are not there', async () => {
    const [one, other] = [bell(await seedWorkspace(ctx)), bell(await seedWorkspace(ctx))]
    await one.raise('account_disabled')
    expect(await other.list('per_1')).toEqual([])
    expect(await other.resolve('account_disabled')).toBe(false)
    expect(await one.flags()).toEqual(['account_disabled'])
  })
})
