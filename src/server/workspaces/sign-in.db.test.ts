import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { resolveSession } from './resolve-credential.ts'
import { signIn, signOut } from './sign-in.ts'
import { password, seedMember, seedPerson } from './testing/seed-people.ts'

const ctx = await testCtx()
const anywhere = { slug: null }

/** An address of its own for each test, so that the limit per address does not join them. */
function someOrigin() {
  const part = () => Math.floor(ctx.random.number() * 250)
  return { ip: `10.${part()}.${part()}.${part()}`, userAgent: 'test' }
}

async function seedAna() {
  const { workspaceId } = await seedWorkspace(ctx)
  return seedMember(ctx, workspaceId, 'agent')
}

async function lockSecondsOf(email: string): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from locked_until - updated_at)::int as seconds
    from sign_in_failures where key = ${`account:${email}`}`.execute(ctx.db.worker)
  return rows[0]?.seconds ?? 0
}

async function endLock(email: string): Promise<void> {
  await sql`update sign_in_failures set locked_until = now() where key = ${`account:${email}`}`.execute(
    ctx.db.worker,
  )
}

describe('signing in', () => {
  it('opens a session for the right password, in any case of the address', async () => {
    const ana = await seedAna()
    const { token } = await signIn(ctx, { email: ana.email.toUpperCase(), password }, someOrigin())
    const actor = await resolveSession(ctx, token, anywhere)
    expect(actor).toMatchObject({ kind: 'person', id: ana.id, workspaceId: ana.workspaceId, role: 'agent' })
  })

  it('T26 tells a wrong password and an unknown person apart in no way', async () => {
    const { email } = await seedPerson(ctx)
    const wrong = { code: 'sign_in_failed', message: 'The e-mail address or the password is wrong.' }
    await expect(signIn(ctx, { email, password: 'wrong horse' }, someOrigin())).rejects.toMatchObject(wrong)
    const stranger = { email: 'nobody@example.com', password: 'wrong horse' }
    await expect(signIn(ctx, stranger, someOrigin())).rejects.toMatchObject(wrong)
  })

  it('T26 locks an account after five failures, from any address, and longer with each', async () => {
    const { email } = await seedPerson(ctx)
    const guess = () => signIn(ctx, { email, password: 'wrong horse' }, someOrigin())
    for (let n = 0; n < 5; n += 1) await expect(guess()).rejects.toMatchObject({ code: 'sign_in_failed' })
    const locks: number[] = []
    for (let n = 0; n < 12; n += 1) {
      await expect(guess()).rejects.toMatchObject({ code: 'sign_in_failed' })
      locks.push(await lockSecondsOf(email))
      await endLock(email)
    }
    expect(locks).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  })

  it('T26 refuses the right password, too, while the account is locked, and says for how long', async () => {
    const { email } = await seedPerson(ctx)
    const guess = () => signIn(ctx, { email, password: 'wrong horse' }, someOrigin())
    for (let n = 0; n < 6; n += 1) await expect(guess()).rejects.toMatchObject({ code: 'sign_in_failed' })
    await sql`update sign_in_failures set locked_until = now() + interval '90 seconds'
      where key = ${`account:${email}`}`.execute(ctx.db.worker)
    await expect(signIn(ctx, { email, password }, someOrigin())).rejects.toMatchObject({
      code: 'too_many_requests',
      message: 'Too many attempts. Try again in 2 minutes.',
      details: { retry_after_seconds: 90 },
    })
    await endLock(email)
    await expect(signIn(ctx, { email, password }, someOrigin())).resolves.toBeDefined()
  })

  it('T26 lets guesses that are sent at once not all pass before the first is counted', async () => {
    const { email } = await seedPerson(ctx)
    const guesses = Array.from({ length: 30 }, () =>
      signIn(ctx, { email, password: 'wrong horse' }, someOrigin()).catch(
        (error: { code: string }) => error.code,
      ),
    )
    const codes = await Promise.all(guesses)
    expect(codes.filter((code) => code === 'sign_in_failed')).toHaveLength(6)
    expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(24)
  })

  it('T26 stops an address that tries many accounts', async () => {
    const origin = someOrigin()
    // Of so many that the lock of minutes outlasts the check of a password on a slow machine.
    await sql`insert into sign_in_failures (key, failures) values (${`address:${origin.ip}`}, 110)`.execute(
      ctx.db.worker,
    )
    const guess = (n: number) => signIn(ctx, { email: `guess${n}@example.com`, password: 'x' }, origin)
    await expect(guess(1)).rejects.toMatchObject({ code: 'sign_in_failed' })
    await expect(guess(2)).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('forgets failures after a success', async () => {
    const { email } = await seedPerson(ctx)
    const origin = someOrigin()
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) {
        await expect(signIn(ctx, { email, password: 'wrong horse' }, origin)).rejects.toThrow()
      }
      await signIn(ctx, { email, password }, origin)
    }
    const { rows } = await sql<{ failures: number }>`
      select failures from sign_in_failures where key = ${`address:${origin.ip}`}`.execute(ctx.db.worker)
    expect(rows).toEqual([{ failures: 12 }])
  })
})

describe('a session', () => {
  it('T27 has a new token each time, and none of them is stored', async () => {
    const { email } = await seedAna()
    const one = await signIn(ctx, { email, password }, someOrigin())
    const other = await signIn(ctx, { email, password }, someOrigin())
    expect(one.token).not.toBe(other.token)
    const { rows } = await sql<{ text: string }>`select s::text as text from sessions s`.execute(
      ctx.db.worker,
    )
    expect(rows.some(({ text }) => text.includes(one.token))).toBe(false)
  })

  it('T27 ends at once when the person signs out', async () => {
    const { email } = await seedAna()
    const { token } = await signIn(ctx, { email, password }, someOrigin())
    await signOut(ctx, token)
    expect(await resolveSession(ctx, token, anywhere)).toBeNull()
  })

  it('T22 ends at once when the person is disabled', async () => {
    const { email, id } = await seedAna()
    const { token } = await signIn(ctx, { email, password }, someOrigin())
    await sql`update people set disabled_at = now() where id = ${id}`.execute(ctx.db.worker)
    expect(await resolveSession(ctx, token, anywhere)).toBeNull()
    await expect(signIn(ctx, { email, password }, someOrigin())).rejects.toMatchObject({
      code: 'sign_in_failed',
    })
  })

  it('T22 loses a workspace at once when the membership goes', async () => {
    const { email, id } = await seedAna()
    const { token } = await signIn(ctx, { email, password }, someOrigin())
    await sql`delete from members where person_id = ${id}`.execute(ctx.db.worker)
    await expect(resolveSession(ctx, token, anywhere)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each([
    ['12 hours without a request', sql`last_seen_at = now() - interval '12 hours'`],
    ['14 days', sql`expires_at = now()`],
  ])('ends after %s', async (_, change) => {
    const { email, id } = await seedAna()
    const { token } = await signIn(ctx, { email, password }, someOrigin())
    await sql`update sessions set ${change} where person_id = ${id}`.execute(ctx.db.worker)
    expect(await resolveSession(ctx, token, anywhere)).toBeNull()
  })

  it('stays alive while it is used', async () => {
    const { email, id } = await seedAna()
    const { token } = await signIn(ctx, { email, password }, someOrigin())
    await sql`update sessions set last_seen_at = now() - interval '11 hours' where person_id = ${id}`.execute(
      ctx.db.worker,
    )
    await resolveSession(ctx, token, anywhere)
    const { rows } = await sql<{ is_fresh: boolean }>`
      select last_seen_at > now() - interval '1 minute' as is_fresh from sessions where person_id = ${id}`.execute(
      ctx.db.worker,
    )
    expect(rows).toEqual([{ is_fresh: true }])
  })

  it('T20 reaches the workspaces of its person and no other', async () => {
    const ana = await seedAna()
    const own = await seedWorkspace(ctx)
    await sql`insert into members (workspace_id, person_id, role) values (${own.workspaceId}, ${ana.id}, 'owner')`.execute(
      ctx.db.worker,
    )
    const foreign = await seedWorkspace(ctx)
    const { token } = await signIn(ctx, { email: ana.email, password }, someOrigin())
    expect(await resolveSession(ctx, token, { slug: own.slug })).toMatchObject({
      workspaceId: own.workspaceId,
      role: 'owner',
    })
    await expect(resolveSession(ctx, token, { slug: foreign.slug })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
