import type { ProviderAnswer, RatingsReading, ServerCtx, WalletReading } from '../providers/index.ts'
import type { Examination } from './check-connector.ts'
import type { ConnectorRow, NumberRow } from './connector.ts'
import { conclude, type JudgedStep, step } from './doctor.ts'
import { gupshupConnectionOf } from './open-connection.ts'

const anew = 'Copy it from the Gupshup console, and connect the app anew.'

/** What Gupshup says about an app: key, name and number; quality and wallet where the key may see them. */
export async function examineGupshup(
  ctx: ServerCtx,
  row: ConnectorRow,
  numbers: readonly NumberRow[],
): Promise<Examination> {
  const { gupshup } = ctx.providers
  const connection = gupshupConnectionOf(ctx, row)
  const [key, ratings, wallet, senders] = await Promise.all([
    gupshup.checkKey(connection),
    gupshup.readRatings(connection),
    gupshup.readWallet(connection),
    Promise.all(
      numbers.map(async ({ phone, phone_number_id }) => ({
        phone,
        answer: await gupshup.checkSource(connection, phone_number_id),
      })),
    ),
  ])
  const check = conclude([
    judgeKey(key),
    ...senders.map(judgeSource),
    judgeRatings(ratings),
    judgeWallet(wallet),
    judgeLastWebhook(row.last_webhook_at),
  ])
  const changes = new Map(ratings.ok ? numbers.map(({ id }) => [id, ratings.value]) : [])
  return { check, changes }
}

function judgeKey(answer: ProviderAnswer<null>): JudgedStep {
  if (answer.ok) return step('api_key', true, 'The API key opens the app.', '')
  const { code, title } = answer.error
  if (code === 'unreachable')
    return step('api_key', false, 'Gupshup did not answer.', 'Try again in a moment.')
  return step('api_key', false, `Gupshup refuses the API key for this app: ${title}`, anew)
}

function judgeSource({ phone, answer }: { phone: string; answer: ProviderAnswer<null> }): JudgedStep {
  if (answer.ok) return step('number', true, `The app sends as +${phone}.`, '')
  const message = `The app can't send as +${phone}: ${answer.error.title}`
  return step('number', false, message, `Check app name and number. ${anew}`)
}

/** Not a fault: only keys of partners may ask. */
function judgeRatings(answer: ProviderAnswer<RatingsReading>): JudgedStep {
  if (!answer.ok) {
    const message = 'Gupshup tells quality and limit to partners only; the console shows them under the app.'
    return step('quality', true, message, '')
  }
  const { quality_rating, messaging_limit } = answer.value
  const message = `The quality is ${quality_rating}, the limit ${messaging_limit ?? 'not known'}.`
  const hint = 'Too many people block or report this number. Write only to people who expect it.'
  return step('quality', quality_rating !== 'RED', message, hint, false)
}

function judgeWallet(answer: ProviderAnswer<WalletReading>): JudgedStep {
  if (!answer.ok) {
    const message = 'Gupshup tells the balance to partners only; the console shows it as wallet.'
    return step('wallet', true, message, '')
  }
  const { balance, currency } = answer.value
  const message = `The wallet holds ${[balance.toFixed(2), currency].filter(Boolean).join(' ')}.`
  return step(
    'wallet',
    balance > 0,
    message,
    'Top it up in the Gupshup console: messages fail with 1003.',
    false,
  )
}

function judgeLastWebhook(lastWebhookAt: Date | null): JudgedStep {
  const message = lastWebhookAt
    ? `The last webhook came at ${lastWebhookAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
    : 'No webhook has come yet.'
  const hint =
    'Enter the callback URL of this card in the Gupshup console under App, Integration, Webhooks, and choose all events: v2, with Sent, Delivered, Read and Failed.'
  return step('callback', lastWebhookAt !== null, message, hint, false)
}
