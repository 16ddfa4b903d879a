import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { Secret } from '../platform/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import { issueSetupLink, needsSetup, setUpFromConfig, setUpInstallation } from './set-up-installation.ts'
import { signIn } from './sign-in.ts'

const ctx = await testCtx()
const request = {
  email: 'ana@example.com',
  password: 'correct horse',
  name: 'Ana',
  workspace_name: 'Acme',
  workspace_slug: 'acme',
}

async function newToken(): Promise<string> {
  const link = new URL((await issueSetupLink(ctx)) ?? '')
  return link.searchParams.get('token') ?? ''
}

describe('the set-up link', () => {
  it('is for the newest start only, and every other token is refused', async () => {
    const old = await newToken()
    const token = await newToken()
    for (const wrong of [old, 'guess', '']) {
      await expect(setUpInstallation(ctx, { ...request, token: wrong })).rejects.toMatchObject({
        code: 'setup_link_invalid',
      })
    }
    expect(await needsSetup(ctx)).toBe(true)
    const twice = await Promise.allSettled([
      setUpInstallation(ctx, { ...request, token }),
      setUpInstallation(ctx, { ...request, token, email: 'bo@example.com', workspace_slug: 'bo' }),
    ])
    expect(twice.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await needsSetup(ctx)).toBe(false)
    expect(await issueSetupLink(ctx)).toBeNull()
    await expect(setUpInstallation(ctx, { ...request, token })).rejects.toMatchObject({
      code: 'setup_already_done',
    })
  })
})

describe('set-up from the environment', () => {
  it('makes the owner once, who can then sign in', async () => {
    const other = await testCtx({
      config: {
        setup: { email: 'olga@example.com', password: new Secret('a-long-password'), workspaceSlug: 'shop' },
      },
    })
    expect(await Promise.all([setUpFromConfig(other), setUpFromConfig(other)])).toContain(true)
    expect(await setUpFromConfig(other)).toBe(false)
    const origin = { ip: '10.0.0.1', userAgent: null }
    await expect(
      signIn(other, { email: 'olga@example.com', password: 'a-long-password' }, origin),
    ).resolves.toBeDefined()
    const { rows } = await sql`select slug from workspaces`.execute(other.db.worker)
    expect(rows).toEqual([{ slug: 'shop' }])
  })
})
