import { type ContextParts, createContext } from '../platform/index.ts'
import { createProviders, type Providers, type ServerCtx } from '../providers/index.ts'

export interface ServerContextParts extends ContextParts {
  providers?: Providers
}

export interface OpenServerContext {
  ctx: ServerCtx
  /** Tells workers to take no new work. */
  stop(): void
  close(): Promise<void>
}

/** The context of all rooms, composed here and nowhere else; tests hand in what they want different. */
export async function buildContext(parts: ServerContextParts): Promise<OpenServerContext> {
  const { ctx, stop, close } = await createContext(parts)
  const providers =
    parts.providers ??
    createProviders({
      log: ctx.log,
      isPrivateAllowed: ctx.config.allowPrivateWebhooks,
    })
  return {
    ctx: { ...ctx, providers },
    stop,
    close: async () => {
      await providers.close()
      await close()
    },
  }
}
