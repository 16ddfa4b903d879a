import type { Ctx } from '../platform/index.ts'
import type { MetaClient } from './meta/meta-client.ts'

/** The ways out to providers, with the sockets they hold. One per process, built in app. */
export interface Providers {
  meta: MetaClient
  close(): Promise<void>
}

/** The context of the rooms that talk to providers. */
export interface ServerCtx extends Ctx {
  providers: Providers
}
