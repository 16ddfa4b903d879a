import type { CheckStep, ConnectorCheck } from '../../contract/index.ts'
import type {
  AppSubscription,
  NumberReading,
  ProviderAnswer,
  SubscribedApp,
  TokenReading,
} from '../providers/index.ts'
import { neededScopes } from './check-credentials.ts'

/** What was learnt from the provider and from our own tables, before any judgement. */
export interface Findings {
  token: ProviderAnswer<TokenReading>
  secret: ProviderAnswer<null>
  numbers: { shown: string; answer: ProviderAnswer<NumberReading> }[]
  apps: ProviderAnswer<SubscribedApp[]>
  /** null: not asked, because the app is not known. */
  subscription: ProviderAnswer<AppSubscription | null> | null
  webhookUrl: string
  lastWebhookAt: Date | null
}

export interface JudgedStep extends CheckStep {
  /** Nothing can be sent or received while it fails. */
  isVital: boolean
}

/** One verdict from all steps: `broken` when a vital one fails, `degraded` when another does. */
export function judge(findings: Findings): ConnectorCheck {
  return conclude([
    judgeToken(findings),
    judgePermissions(findings),
    judgeSecret(findings),
    ...findings.numbers.flatMap(judgeNumber),
    judgeSubscription(findings),
    judgeCallback(findings),
    judgeLastWebhook(findings),
  ])
}

export function conclude(judged: readonly JudgedStep[]): ConnectorCheck {
  const failed = judged.filter(({ ok }) => !ok)
  const verdict = failed.some(({ isVital }) => isVital)
    ? 'broken'
    : failed.length > 0
      ? 'degraded'
      : 'healthy'
  return { verdict, steps: judged.map(({ isVital, ...step }) => step) }
}

export function step(name: string, ok: boolean, message: string, hint: string, isVital = true): JudgedStep {
  return { name, ok, message, hint: ok ? null : hint, isVital }
}

function judgeToken({ token }: Findings): JudgedStep {
  const hint =
    'Make a permanent token for a system user in Meta Business settings, and connect the number anew.'
  if (!token.ok) {
    const { code, title } = token.error
    if (code === 'unreachable')
      return step('access_token', false, 'Meta did not answer.', 'Try again in a moment.')
    return step('access_token', false, `Meta refuses the access token: ${title}`, hint)
  }
  const { is_valid, expires_at } = token.value
  if (!is_valid) return step('access_token', false, 'The access token has expired or was revoked.', hint)
  const life = expires_at === null ? 'and does not expire' : `until ${expires_at.toISOString().slice(0, 10)}`
  return step('access_token', true, `The access token is valid ${life}.`, hint)
}

function judgePermissions({ token }: Findings): JudgedStep {
  const missing = token.ok ? neededScopes.filter((scope) => !token.value.scopes.includes(scope)) : []
  if (!token.ok)
    return step('permissions', false, 'The permissions could not be read.', 'Mend the token first.')
  return step(
    'permissions',
    missing.length === 0,
    missing.length === 0
      ? 'The token may send messages and manage the account.'
      : `The token lacks ${missing.join(' and ')}.`,
    'Make a new token with both WhatsApp permissions.',
  )
}

function judgeSecret({ secret }: Findings): JudgedStep {
  return step(
    'app_secret',
    secret.ok,
    secret.ok ? 'The app secret belongs to the app of the token.' : 'The app secret is wrong.',
    'Copy it from App settings, Basic, and connect the number anew. With a wrong one every webhook is refused with "Signature mismatch".',
  )
}

function judgeNumber({ shown, answer }: Findings['numbers'][number]): JudgedStep[] {
  if (!answer.ok) {
    const message = `${shown} could not be read: ${answer.error.title}`
    return [step('number', false, message, 'Check in WhatsApp Manager whether the number still exists.')]
  }
  const { status, account_mode, quality_rating, messaging_limit, throughput } = answer.value
  const isRegistered = status === null || status === 'CONNECTED'
  const limits = [messaging_limit, `throughput ${throughput}`].filter((part) => part !== null).join(', ')
  return [
    step(
      'number',
      isRegistered,
      isRegistered ? `${shown} is registered (${limits}).` : `${shown} is ${status}.`,
      'Register the number in WhatsApp Manager.',
    ),
    step(
      'mode',
      account_mode !== 'SANDBOX',
      account_mode === 'SANDBOX' ? `${shown} is a test number.` : `${shown} may write to everybody.`,
      'A test number only writes to the phones on its list. Add a number of your own and take the app live.',
      false,
    ),
    step(
      'quality',
      quality_rating !== 'RED',
      `The quality of ${shown} is ${quality_rating}.`,
      'Too many people block or report this number. Write only to people who expect it.',
      false,
    ),
  ]
}

function judgeSubscription({ apps, token }: Findings): JudgedStep {
  const hint = 'Press Reconnect: Parley then subscribes the app again.'
  if (!apps.ok) return step('subscription', false, 'The subscriptions could not be read.', hint)
  const isSubscribed = apps.value.some((app) => !token.ok || app.app_id === token.value.app_id)
  const message = isSubscribed
    ? 'The app is subscribed to the WhatsApp account.'
    : 'The app is not subscribed to the WhatsApp account, so no webhook is sent.'
  return step('subscription', isSubscribed, message, hint)
}

function judgeCallback({ subscription, numbers, apps, webhookUrl }: Findings): JudgedStep {
  const hint = `In the Meta app under WhatsApp, Configuration, enter the callback URL ${webhookUrl} with the verify token of this card, and subscribe the field "messages".`
  const overrides = [
    ...numbers.map(({ answer }) => (answer.ok ? answer.value.webhook_url : null)),
    ...(apps.ok ? apps.value.map((app) => app.override_callback_url) : []),
  ]
  const app = subscription?.ok ? subscription.value : null
  const known = [...overrides, app?.callback_url ?? null].filter((url) => url !== null)
  if (known.length === 0)
    return step('callback', false, 'No callback URL is set in the Meta app.', hint, false)
  if (!known.some((url) => isSameCallback(url, webhookUrl))) {
    return step('callback', false, `Webhooks go to ${known[0]}, not to this hub.`, hint, false)
  }
  const isHeard = app === null || app.fields.length === 0 || app.fields.includes('messages')
  const message = isHeard ? 'Webhooks go to this hub.' : 'The field "messages" is not subscribed.'
  return step('callback', isHeard, message, hint, false)
}

/** Host and scheme may differ where the hub is reached from inside; the key in the path does not. */
function isSameCallback(url: string, webhookUrl: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === new URL(webhookUrl).pathname
}

function judgeLastWebhook(findings: Findings): JudgedStep {
  const { lastWebhookAt } = findings
  const isExpected = judgeCallback(findings).ok
  const message = lastWebhookAt
    ? `The last webhook came at ${lastWebhookAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
    : 'No webhook has come yet.'
  const hint = 'Write to the number from a phone; the message must appear in the inbox within seconds.'
  return step('last_webhook', lastWebhookAt !== null || isExpected, message, hint, false)
}
