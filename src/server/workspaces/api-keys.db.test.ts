import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createApiKey } from './create-api-key.ts'
import { resolveApiKey } from './resolve-credential.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { readAuditActions } from './testing/seed-people.ts'

const ctx = await testCtx()
const anywhere = { slug: null }

describe('an API key', () => {
  it('acts in its own workspace with its own scopes', async () => {
    const { owner, workspaceId, slug } = await seedWorkspace(ctx)
    const { id, secret, hint } = await createApiKey(ctx, owner, { name: 'shop', scopes: ['read'] })
    expect(secret.startsWith(hint)).toBe(true)
    const actor = await resolveApiKey(ctx, secret, anywhere)
    expect(actor).toEqual({
      kind: 'api_key',
      id,
      workspaceId,
      role: 'supervisor',
      scopes: ['read'],
      name: 'shop',
    })
    expect(await resolveApiKey(ctx, secret, { slug })).toEqual(actor)
  })

  it('T20 reaches no other workspace, whatever the path says', async () => {
    const { owner } = await seedWorkspace(ctx)
    const other = await seedWorkspace(ctx)
    const { secret } = await createApiKey(ctx, owner, { name: 'shop', scopes: ['manage'] })
    await expect(resolveApiKey(ctx, secret, { slug: other.slug })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('T50 is stored as a hash, and the audit log keeps its hint only', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const { secret } = await createApiKey(ctx, owner, { name: 'shop', scopes: ['read'] })
    const { rows } = await sql<{ text: string }>`
      select k::text as text from api_keys k union all select a::text from audit_log a`.execute(ctx.db.worker)
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.some(({ text }) => text.includes(secret))).toBe(false)
    expect(await readAuditActions(ctx, workspaceId)).toEqual(['api_key.created'])
  })

  it('stops working the moment it is revoked', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { id, secret } = await createApiKey(ctx, owner, { name: 'shop', scopes: ['read'] })
    await revokeApiKey(ctx, owner, id)
    expect(await resolveApiKey(ctx, secret, anywhere)).toBeNull()
  })

  it('T20 of another workspace can not be revoked', async () => {
    const { owner } = await seedWorkspace(ctx)
    const other = await seedWorkspace(ctx)
    const { id, secret } = await createApiKey(ctx, other.owner, { name: 'shop', scopes: ['read'] })
    await expect(revokeApiKey(ctx, owner, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await resolveApiKey(ctx, secret, anywhere)).not.toBeNull()
  })

  it('T22 can not make a key that may do more than itself', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { secret } = await createApiKey(ctx, owner, { name: 'admin', scopes: ['manage'] })
    const key = await resolveApiKey(ctx, secret, anywhere)
    if (!key) throw new Error('The key does not work.')
    await expect(createApiKey(ctx, key, { name: 'more', scopes: ['send'] })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('shows its last use, written at most once a minute', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { id, secret } = await createApiKey(ctx, owner, { name: 'shop', scopes: ['read'] })
    const lastUse = async () => {
      const { rows } = await sql<{ at: Date | null }>`
        select last_used_at as at from api_keys where id = ${id}`.execute(ctx.db.worker)
      return rows[0]?.at?.getTime() ?? null
    }
    expect(await lastUse()).toBeNull()
    await resolveApiKey(ctx, secret, anywhere)
    const first = await lastUse()
    expect(first).not.toBeNull()
    await resolveApiKey(ctx, secret, anywhere)
    expect(await lastUse()).toBe(first)
  })
})
