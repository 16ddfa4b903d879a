import { z } from 'zod'
import { readNetworks } from './egress/networks.ts'

/** A start that can't go on; the message is one sentence for the person at the terminal. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const port = z.coerce
  .number('must be a port number.')
  .int('must be a whole number.')
  .min(0, 'must not be negative.')
  .max(65_535, 'must be at most 65535.')

/** A base URL without a slash at the end, so that paths can be appended. */
function urlOf(protocols: string[]) {
  const wanted = protocols.map((protocol) => `${protocol}//`).join(' or ')
  return z
    .string()
    .refine((value) => protocols.includes(protocolOf(value)), `must be a URL that begins with ${wanted}.`)
    .transform((value) => value.replace(/\/+$/, ''))
}

const environment = z.object({
  PORT: port.default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or address, without port.')
    .default('127.0.0.1'),
  DATABASE_URL: urlOf(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: urlOf(['redis:', 'rediss:']).optional(),
  PARLEY_DATA_DIR: z.string().default('./data'),
  PARLEY_PUBLIC_URL: urlOf(['http:', 'https:'])
    .refine((value) => !/[?#]/.test(value), 'must have no query and no fragment.')
    .optional(),
  PARLEY_SECRET_KEY: z
    .string()
    .refine(
      isKeyOf32Bytes,
      'must be 32 bytes as base64 or as 64 hex digits (make one with: openssl rand -base64 32).',
    )
    .optional(),
  PARLEY_SANDBOX_PORT: port.optional(),
  PARLEY_SETUP_EMAIL: z.email('must be an e-mail address.').optional(),
  PARLEY_SETUP_PASSWORD: z
    .string()
    .min(8, 'must have at least 8 characters.')
    .max(128, 'must have at most 128 characters.')
    .optional(),
  PARLEY_SETUP_WORKSPACE: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be a slug: small letters, digits and dashes, at most 63.')
    .optional(),
  PARLEY_META_APP_ID: z.string().regex(/^\d+$/, 'must be the digits of a Meta app id.').optional(),
  PARLEY_META_APP_SECRET: z.string().optional(),
  PARLEY_META_VERIFY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, 'must have 8 to 200 characters, without blanks.')
    .optional(),
  PARLEY_GRAPH_URL: urlOf(['http:', 'https:']).default('https://graph.facebook.com'),
  PARLEY_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v25.0.')
    .default('v25.0'),
  PARLEY_GUPSHUP_URL: urlOf(['http:', 'https:']).default('https://api.gupshup.io'),
  PARLEY_ALLOW_PRIVATE_WEBHOOKS: z
    .enum(['0', '1'], 'must be 0 or 1.')
    .default('0')
    .transform((value) => value === '1'),
  PARLEY_WEBHOOK_NETWORKS: z
    .string()
    .default('')
    .transform((value, context) => {
      const networks = readNetworks(value)
      if (networks !== null) return networks
      context.addIssue(
        'must be addresses or ranges, each with a port or without, such as 10.1.0.0/16,192.168.7.5:8080,[fd00::5]:9000.',
      )
      return z.NEVER
    }),
  PARLEY_KEEP_BODIES_DAYS: z.coerce
    .number('must be a number of days.')
    .int('must be a whole number of days.')
    .min(1, 'must be at least 1.')
    .max(36_500, 'must be at most 36500.')
    .default(30),
  PARLEY_KEEP_EVENTS_DAYS: z.coerce
    .number('must be a number of days.')
    .int('must be a whole number of days.')
    // Deliveries are tried for three days and an endpoint is given up after five.
    .min(7, 'must be at least 7.')
    .max(36_500, 'must be at most 36500.')
    .default(90),
  PARLEY_CHECK_RESPONSES: z
    .enum(['0', '1'], 'must be 0 or 1.')
    .default('0')
    .transform((value) => value === '1'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent.',
    )
    .default('info'),
})

export type Environment = z.infer<typeof environment>

export const variableNames = Object.keys(environment.shape)

/** Strings to values, one variable at a time; an empty variable counts as not set. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  refuseMisspelt(variables)
  const set = Object.fromEntries(
    variableNames.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])),
  )
  const result = environment.safeParse(set)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new ConfigError(
    issue ? `${issue.path.join('.')} ${issue.message}` : 'The environment could not be read.',
  )
}

/** PARLEY_ALOW_PRIVATE_WEBHOOKS=1 would otherwise be passed over in silence. */
function refuseMisspelt(variables: NodeJS.ProcessEnv): void {
  const unknown = Object.keys(variables).find(
    (name) => name.startsWith('PARLEY_') && !variableNames.includes(name),
  )
  if (unknown) throw new ConfigError(`${unknown} is not a variable of Parley; the README lists them.`)
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : ''
}

function isKeyOf32Bytes(value: string): boolean {
  return /^[0-9a-f]{64}$/i.test(value) || /^[A-Za-z0-9+/_-]{43}=?$/.test(value)
}
