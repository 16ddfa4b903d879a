import { gupshupErrors } from './gupshup/error-codes.ts'
import type { ErrorDescription, ErrorPolicy } from './meta/describe-error.ts'
import { describeMetaError, metaErrors } from './meta/describe-error.ts'
import { permissionCodes, permissionError } from './meta/errors/access-errors.ts'
import { accountErrors } from './meta/errors/account-errors.ts'
import { templateCreationErrors } from './meta/errors/template-creation-errors.ts'

/** Who can do something about it. `parley`: it tries again by itself. */
export type WhoActs = 'parley' | 'sender' | 'template_author' | 'account_owner' | 'recipient' | 'provider'

export interface ListedError extends Omit<ErrorDescription, 'retry_after_ms'> {
  provider: 'meta' | 'gupshup'
  code: string
  who_acts: WhoActs
}

/** The rest of the codes that are final for one message is up to who wrote it. */
const exceptions: Record<string, WhoActs> = {
  1026: 'recipient',
  130403: 'account_owner',
  130472: 'provider',
  130497: 'account_owner',
  131026: 'recipient',
  131035: 'provider',
  131036: 'provider',
  131043: 'recipient',
  131049: 'provider',
  131063: 'account_owner',
  132000: 'sender',
  132012: 'sender',
  132018: 'sender',
  132069: 'account_owner',
  133016: 'account_owner',
  137000: 'recipient',
  200005: 'account_owner',
  200006: 'account_owner',
  200007: 'account_owner',
  'gupshup.1002': 'recipient',
  'gupshup.1006': 'recipient',
  'gupshup.1007': 'recipient',
  'gupshup.1008': 'recipient',
  'gupshup.4004': 'account_owner',
}

const byPolicy: Record<ErrorDescription['policy'], WhoActs> = {
  retry: 'parley',
  wait_a_day: 'provider',
  stop_template: 'template_author',
  stop_number: 'account_owner',
  suppress: 'recipient',
  final: 'sender',
}

/** The table of all codes that Parley has words for: Meta's by number, then Gupshup's. */
export function listErrors(): ListedError[] {
  const ofMeta = Object.keys(metaErrors).map((code) => listed('meta', code, describeMetaError(code)))
  const ofGupshup = [...gupshupErrors()].map(({ code, ...description }) =>
    listed('gupshup', code, description),
  )
  return [...ofMeta, ...ofGupshup]
}

function listed(
  provider: ListedError['provider'],
  code: string,
  { title, reason, advice, policy }: Omit<ErrorDescription, 'retry_after_ms'>,
): ListedError {
  return {
    provider,
    code,
    title,
    reason,
    advice,
    policy,
    who_acts: exceptions[code] ?? actorOf(code, policy),
  }
}

/** The codes with one of these policies, as they stand in the errors of messages. */
export function codesWith(...policies: readonly ErrorPolicy[]): string[] {
  const listed = listErrors().flatMap(({ code, policy }) => (policies.includes(policy) ? [code] : []))
  return policies.includes(permissionError.policy) ? [...new Set([...listed, ...permissionCodes])] : listed
}

/** Codes of creating a template and of moving a number come from forms, not from messages. */
function actorOf(code: string, policy: ErrorPolicy): WhoActs {
  if (policy !== 'final') return byPolicy[policy]
  if (Object.hasOwn(templateCreationErrors, code)) return 'template_author'
  return Object.hasOwn(accountErrors, code) ? 'account_owner' : byPolicy.final
}
