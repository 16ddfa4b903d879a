import { ParleyError } from '../platform/index.ts'
import type {
  MetaClient,
  MetaConnection,
  NumberReading,
  ProviderAnswer,
  ProviderError,
  TokenReading,
} from '../providers/index.ts'

/** What is known once the four fields are right. */
export interface CheckedAccount {
  number: NumberReading
  waba_id: string
  app_id: string | null
  portfolio_id: string | null
}

type FieldName =
  | 'access_token'
  | 'app_secret'
  | 'phone_number_id'
  | 'waba_id'
  | 'app_id'
  | 'app_name'
  | 'api_key'
  | 'source'
export interface FieldProblem {
  path: FieldName
  message: string
}

export const neededScopes = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const
// A token may be granted many accounts; one that holds more is asked for the id.
const wabasTriedMax = 25

/**
 * Tries the fields of a connector against the Graph API. Throws connector_check_failed with `details.fields`,
 * each naming the field that is wrong, or provider_unreachable.
 */
export async function checkCredentials(
  meta: MetaClient,
  connection: MetaConnection,
  phoneNumberId: string,
): Promise<CheckedAccount> {
  const token = await checkToken(meta, connection)
  const [secret, number] = await Promise.all([
    meta.verifyAppSecret(connection),
    meta.readNumber(connection, phoneNumberId),
  ])
  const problems = [...secretProblems(secret), ...numberProblems(number)]
  if (problems.length > 0 || !number.ok) throw checkFailed(problems)
  const wabaId = await findWaba(meta, connection, { phoneNumberId, token })
  const waba = await meta.readWaba(connection, wabaId)
  return {
    number: number.value,
    waba_id: wabaId,
    app_id: token?.app_id ?? null,
    portfolio_id: waba.ok ? waba.value.portfolio_id : null,
  }
}

/** null when Meta won't say anything about the token although it accepts it. */
async function checkToken(meta: MetaClient, connection: MetaConnection): Promise<TokenReading | null> {
  const answer = await meta.debugToken(connection)
  if (!answer.ok) {
    if (isTokenError(answer.error)) throw tokenRefused(answer.error)
    refuseUnreachable(answer.error)
    return null
  }
  const { is_valid, scopes } = answer.value
  if (!is_valid) {
    throw checkFailed([{ path: 'access_token', message: 'Meta says that this access token is not valid.' }])
  }
  const missing = neededScopes.filter((scope) => !scopes.includes(scope))
  if (missing.length > 0) {
    const message = `The access token lacks the permission ${missing.join(' and ')}.`
    throw checkFailed([{ path: 'access_token', message }])
  }
  return answer.value
}

function secretProblems(answer: ProviderAnswer<null>): FieldProblem[] {
  if (answer.ok) return []
  refuseUnreachable(answer.error)
  if (isTokenError(answer.error)) throw tokenRefused(answer.error)
  const message =
    'The app secret does not belong to the app of this access token. Copy it from App settings, Basic.'
  return [{ path: 'app_secret', message }]
}

function numberProblems(answer: ProviderAnswer<NumberReading>): FieldProblem[] {
  if (answer.ok) return []
  refuseUnreachable(answer.error)
  const message =
    'There is no such phone number id, or the access token has no access to it. Copy it from WhatsApp, API setup; it is not the phone number itself.'
  return [{ path: 'phone_number_id', message }]
}

/** The account of a number, which Meta does not tell by the number: looked for among those of the token. */
async function findWaba(
  meta: MetaClient,
  connection: MetaConnection,
  { phoneNumberId, token }: { phoneNumberId: string; token: TokenReading | null },
): Promise<string> {
  const given = connection.waba_id
  const candidates = given === null ? (token?.waba_ids ?? []).slice(0, wabasTriedMax) : [given]
  for (const wabaId of candidates) {
    const numbers = await meta.listNumbers(connection, wabaId)
    if (!numbers.ok) refuseUnreachable(numbers.error)
    else if (numbers.value.some((number) => number.phone_number_id === phoneNumberId)) return wabaId
  }
  const message =
    given === null
      ? 'The WhatsApp Business Account of this number could not be found with the access token. Enter its id.'
      : 'This WhatsApp Business Account does not hold the phone number, or the access token has no access to it.'
  throw checkFailed([{ path: 'waba_id', message }])
}

export function checkFailed(fields: FieldProblem[]): ParleyError {
  const sentences = fields.map(({ message }) => message).join(' ')
  return new ParleyError('connector_check_failed', sentences, { fields })
}

/** 0 and 190: Meta does not know who calls. */
export function isTokenError({ code }: ProviderError): boolean {
  return code === '0' || code === '190'
}

function tokenRefused({ title }: ProviderError): ParleyError {
  const message = `Meta refuses the access token: ${title.replace(/\.$/, '')}.`
  return checkFailed([{ path: 'access_token', message }])
}

/** Throws when nobody answered: then nothing is known about the fields. */
export function refuseUnreachable({ code }: ProviderError): void {
  if (code !== 'unreachable') return
  throw new ParleyError('provider_unreachable', 'The provider did not answer. Try again in a moment.')
}
