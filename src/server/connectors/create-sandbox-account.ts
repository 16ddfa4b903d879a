import { type Config, ParleyError } from '../platform/index.ts'
import type { SandboxAccount, ServerCtx } from '../providers/index.ts'
import { sandboxUrl } from './connector.ts'

/** Asks the emulator for a pretend WhatsApp account that calls this hub back. Throws provider_unreachable. */
export async function createSandboxAccount(
  ctx: ServerCtx,
  { name, key }: { name: string; key: string },
): Promise<SandboxAccount & { verify_token: string }> {
  const verify_token = ctx.random.token(18)
  const callback_url = sandboxCallbackUrl(ctx.config, key)
  const answer = await ctx.providers.sandbox.createAccount(sandboxUrl(ctx.config), {
    name,
    webhook: { callback_url, verify_token },
  })
  if (!answer.ok) {
    throw new ParleyError(
      'provider_unreachable',
      'The sandbox does not answer. Start Parley with the sandbox role, then try again.',
    )
  }
  return { ...answer.value, verify_token }
}

/** Where the sandbox delivers the webhooks of the connector with this key. */
export function sandboxCallbackUrl(config: Pick<Config, 'host' | 'port' | 'publicUrl'>, key: string): string {
  return `${localUrl(config)}/webhooks/meta/${key}`
}

/** The sandbox runs beside the hub and calls it directly: the public address may lead through a proxy or nowhere. */
export function localUrl({ host, port, publicUrl }: Pick<Config, 'host' | 'port' | 'publicUrl'>): string {
  if (port === 0) return publicUrl
  const isAnyHost = host === '0.0.0.0' || host === '::'
  const name = isAnyHost ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
