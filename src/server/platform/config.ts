import { resolve } from 'node:path'
import { ConfigError, type Environment, readEnvironment } from './config-environment.ts'
import type { OpenNetwork } from './egress/networks.ts'
import { Secret } from './secret.ts'

export { ConfigError } from './config-environment.ts'

export interface Config {
  host: string
  port: number
  /** The emulator's own port; loopback only. */
  sandboxPort: number
  /** Where the built-in emulator listens; set by the app when this process runs it. */
  sandboxUrl: string | null
  /** What webhook URLs and set-up links begin with; no slash at the end. */
  publicUrl: string
  /** Absolute. */
  dataDir: string
  /** null: the embedded PostgreSQL in the data directory. */
  databaseUrl: Secret | null
  /** null: jobs run on PostgreSQL. */
  redisUrl: Secret | null
  /** 32 bytes as base64 or hex. null: made once in the data directory. */
  secretKey: Secret | null
  setup: SetupConfig | null
  /** The platform's own Meta app, for embedded sign-up. */
  metaApp: MetaAppConfig | null
  graphUrl: string
  graphVersion: string
  gupshupUrl: string
  /** Lets webhook endpoints and media links point into private networks. */
  allowPrivateWebhooks: boolean
  /** Open to endpoints though they are private, or this machine's own. */
  webhookNetworks: OpenNetwork[]
  /** How long bodies of webhooks, in and out, are kept. */
  keepBodiesDays: number
  /** How long events and their deliveries are kept. */
  keepEventsDays: number
  /** Compares each answer with the contract and fails when it differs; for tests and development. */
  checkResponses: boolean
  logLevel: string
}

export interface SetupConfig {
  email: string
  password: Secret
  workspaceSlug: string
}

export interface MetaAppConfig {
  appId: string
  appSecret: Secret
  /** What Meta sends when it asks for the platform's address; null: it follows from the hub's key. */
  verifyToken: Secret | null
}

/** Reads the environment and refuses contradictions; throws ConfigError with a sentence that names the variable. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  return configFrom(readEnvironment(variables))
}

function configFrom(env: Environment): Config {
  const sandboxPort = env.PARLEY_SANDBOX_PORT ?? (env.PORT === 0 ? 0 : env.PORT + 1)
  if (sandboxPort > 65_535)
    throw new ConfigError('PORT must be below 65535: the sandbox listens on the port after it.')
  if (sandboxPort !== 0 && sandboxPort === env.PORT) {
    throw new ConfigError('PARLEY_SANDBOX_PORT must differ from PORT.')
  }
  return {
    host: env.HOST,
    port: env.PORT,
    sandboxPort,
    sandboxUrl: null,
    publicUrl: env.PARLEY_PUBLIC_URL ?? `http://${hostInUrl(env.HOST)}:${env.PORT}`,
    dataDir: resolve(env.PARLEY_DATA_DIR),
    databaseUrl: secretOf(env.DATABASE_URL),
    redisUrl: secretOf(env.REDIS_URL),
    secretKey: secretOf(env.PARLEY_SECRET_KEY),
    setup: setupFrom(env),
    metaApp: metaAppFrom(env),
    graphUrl: env.PARLEY_GRAPH_URL,
    graphVersion: env.PARLEY_GRAPH_VERSION,
    gupshupUrl: env.PARLEY_GUPSHUP_URL,
    allowPrivateWebhooks: env.PARLEY_ALLOW_PRIVATE_WEBHOOKS,
    webhookNetworks: env.PARLEY_WEBHOOK_NETWORKS,
    keepBodiesDays: env.PARLEY_KEEP_BODIES_DAYS,
    keepEventsDays: env.PARLEY_KEEP_EVENTS_DAYS,
    checkResponses: env.PARLEY_CHECK_RESPONSES,
    logLevel: env.LOG_LEVEL,
  }
}

function setupFrom(env: Environment): SetupConfig | null {
  const { PARLEY_SETUP_EMAIL: email, PARLEY_SETUP_PASSWORD: password, PARLEY_SETUP_WORKSPACE: slug } = env
  if (email === undefined && password === undefined && slug === undefined) return null
  if (email === undefined)
    throw new ConfigError('PARLEY_SETUP_EMAIL is missing: the three PARLEY_SETUP_… variables go together.')
  if (password === undefined)
    throw new ConfigError('PARLEY_SETUP_PASSWORD is missing: the three PARLEY_SETUP_… variables go together.')
  if (slug === undefined)
    throw new ConfigError(
      'PARLEY_SETUP_WORKSPACE is missing: the three PARLEY_SETUP_… variables go together.',
    )
  return { email, password: new Secret(password), workspaceSlug: slug }
}

function metaAppFrom(env: Environment): MetaAppConfig | null {
  const {
    PARLEY_META_APP_ID: appId,
    PARLEY_META_APP_SECRET: appSecret,
    PARLEY_META_VERIFY_TOKEN: verifyToken,
  } = env
  if ([appId, appSecret, verifyToken].every((value) => value === undefined)) return null
  if (appId === undefined)
    throw new ConfigError('PARLEY_META_APP_ID is missing: the other PARLEY_META_… variables need it.')
  if (appSecret === undefined)
    throw new ConfigError('PARLEY_META_APP_SECRET is missing: PARLEY_META_APP_ID needs it.')
  return {
    appId,
    appSecret: new Secret(appSecret),
    verifyToken: secretOf(verifyToken),
  }
}

function secretOf(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value)
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
