/** What is needed to talk to one WhatsApp account. Opened by the connectors room; must not be logged. */
export type Connection = MetaConnection | GupshupConnection

/** An account of Meta's Graph API, or one that the sandbox pretends to be. */
export interface MetaConnection {
  provider: 'meta' | 'sandbox'
  /** Without a slash at the end. */
  graph_url: string
  /** For example `v25.0`. */
  graph_version: string
  waba_id: string | null
  app_id: string | null
  access_token: string
  app_secret: string
  verify_token: string
}

/** A Gupshup app, which has one number. */
export interface GupshupConnection {
  provider: 'gupshup'
  /** Without a slash at the end. */
  gupshup_url: string
  app_id: string
  app_name: string
  api_key: string
}
