import type { ErrorCodeEntry } from '../../contract/index.ts'

export const whoActs = [
  'sender',
  'template_author',
  'account_owner',
  'recipient',
  'parley',
  'provider',
] as const satisfies readonly ErrorCodeEntry['who_acts'][]

export const codePolicies = [
  'retry',
  'wait_a_day',
  'wait_for_provider',
  'stop_template',
  'stop_number',
  'suppress',
  'leave_out',
  'final',
] as const satisfies readonly ErrorCodeEntry['policy'][]

export interface CodeFilter {
  search?: string
  who?: ErrorCodeEntry['who_acts']
  policy?: ErrorCodeEntry['policy']
}

/** The filter as it stands in the address; what isn't understood is left out. */
export function readCodeFilter(search: Record<string, unknown>): CodeFilter {
  const who = whoActs.find((one) => one === search.who)
  const policy = codePolicies.find((one) => one === search.policy)
  return {
    ...(search.search !== undefined && search.search !== '' ? { search: String(search.search) } : {}),
    ...(who ? { who } : {}),
    ...(policy ? { policy } : {}),
  }
}

/** Codes that have all the words asked for, those that begin with the text first: somebody has pasted a code. */
export function findCodes(
  codes: readonly ErrorCodeEntry[],
  { search = '', who, policy }: CodeFilter,
): ErrorCodeEntry[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const found = codes.filter(
    (entry) =>
      (who === undefined || entry.who_acts === who) &&
      (policy === undefined || entry.policy === policy) &&
      words.every((word) => textOf(entry).includes(word)),
  )
  const isCode = ({ code }: ErrorCodeEntry) => words.length === 1 && code.startsWith(words[0] ?? '')
  return [...found.filter(isCode), ...found.filter((entry) => !isCode(entry))]
}

function textOf({ code, title, reason, advice }: ErrorCodeEntry): string {
  return [code, title, reason, advice ?? ''].join(' ').toLocaleLowerCase()
}
