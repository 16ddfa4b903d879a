/** What is needed to talk to one WhatsApp account. Opened by the connectors room; must not be logged. */
export interface Connection {
  provider: 'meta' | 'sandbox' | 'gupshup'
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
