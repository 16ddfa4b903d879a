import { ConfigError } from '../platform/index.ts'

export const hubRoles = ['web', 'worker', 'sandbox'] as const
/** What a process does; the same program runs any of them. */
export type HubRole = (typeof hubRoles)[number]

/** Reads `web,worker` or `all`. Throws ConfigError naming the word it doesn't know. */
export function readRoles(text: string): HubRole[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  if (words.length === 0 || words.includes('all')) return [...hubRoles]
  return [...new Set(words.map(readRole))]
}

function readRole(word: string): HubRole {
  const role = hubRoles.find((known) => known === word)
  if (!role) throw new ConfigError(`There is no role "${word}". Choose from ${hubRoles.join(', ')} or all.`)
  return role
}
