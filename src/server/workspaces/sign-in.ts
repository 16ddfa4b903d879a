import type { SignInRequest } from '../../contract/index.ts'
import { type Ctx, ParleyError } from '../platform/index.ts'
import { hashToken } from './credential.ts'
import { hashOfNobody, isPassword } from './password.ts'
import {
  countSignInAttempt,
  forgiveSignIn,
  type PersonRow,
  selectLockSeconds,
  selectPersonByEmail,
} from './queries-people.ts'
import { deleteSessionByToken, insertSession } from './queries-sessions.ts'
import { sessionDaysMax } from './session-cookie.ts'

/** From where somebody signs in, for the limits and the list of sessions. */
export interface SignInOrigin {
  ip: string
  userAgent: string | null
}

const freeAttemptsPerAccount = 5
/** Many people may share the address of an office. */
const freeAttemptsPerAddress = 100

/**
 * Opens a session and returns its token. Unknown person and wrong password look the same, also in time.
 * Throws sign_in_failed; too_many_requests while the account or the address is locked.
 */
export async function signIn(
  ctx: Ctx,
  { email, password }: SignInRequest,
  origin: SignInOrigin,
): Promise<{ personId: string; token: string }> {
  const person = await confirmPassword(ctx, { email, password }, origin)
  return { personId: person.id, token: await openSession(ctx, person.id, origin) }
}

/** Checks a password within the limits of attempts; for signing in and for taking an invitation. */
export async function confirmPassword(
  ctx: Ctx,
  { email, password }: SignInRequest,
  { ip }: SignInOrigin,
): Promise<PersonRow> {
  const keys = { accountKey: `account:${email.trim().toLowerCase()}`, addressKey: `address:${ip}` }
  await passLimit(ctx, keys.addressKey, freeAttemptsPerAddress)
  await passLimit(ctx, keys.accountKey, freeAttemptsPerAccount)
  const person = await selectPersonByEmail(ctx.db.worker, email.trim())
  const isRight = await isPassword(password, person?.password_hash || hashOfNobody)
  if (!person || !isRight || person.disabled_at) {
    throw new ParleyError('sign_in_failed', 'The e-mail address or the password is wrong.')
  }
  await forgiveSignIn(ctx.db.worker, keys)
  return person
}

/** A session for somebody who has just proved who they are; always a new token. */
export async function openSession(ctx: Ctx, personId: string, origin: SignInOrigin): Promise<string> {
  const token = ctx.random.token()
  await insertSession(ctx.db.worker, {
    id: ctx.random.id('ses'),
    token_hash: hashToken(token),
    person_id: personId,
    user_agent: origin.userAgent?.slice(0, 300) ?? null,
    ip: origin.ip,
    daysMax: sessionDaysMax,
  })
  return token
}

/** Ends the session of this token; a token that isn't one is no error. */
export async function signOut(ctx: Ctx, token: string): Promise<void> {
  await deleteSessionByToken(ctx.db.worker, hashToken(token))
}

async function passLimit(ctx: Ctx, key: string, freeAttempts: number): Promise<void> {
  if (await countSignInAttempt(ctx.db.worker, key, freeAttempts)) return
  const seconds = await selectLockSeconds(ctx.db.worker, key)
  throw new ParleyError('too_many_requests', `Too many attempts. Try again in ${inWords(seconds)}.`, {
    retry_after_seconds: seconds,
  })
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
