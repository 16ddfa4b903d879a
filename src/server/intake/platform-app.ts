import type { Ctx } from '../platform/index.ts'

/**
 * What the operator enters at Meta beside the address of the platform's own app; null without such an app. Follows
 * from the hub's key, so there is nothing to store or to configure.
 */
export function platformVerifyToken({ config, secrets }: Pick<Ctx, 'config' | 'secrets'>): string | null {
  return config.metaApp === null ? null : secrets.mac(`verify token of app ${config.metaApp.appId}`)
}
