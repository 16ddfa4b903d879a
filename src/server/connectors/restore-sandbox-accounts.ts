import type { ServerCtx } from '../providers/index.ts'
import { sandboxUrl } from './connector.ts'
import { sandboxCallbackUrl } from './create-sandbox-account.ts'
import { openCredentials } from './credentials.ts'
import { type SandboxConnectorRow, selectSandboxConnectors } from './queries.ts'

/**
 * Gives a freshly started emulator the accounts that this hub is connected to, as far as it lost them, and says where the
 * hub listens now. Without them every message to the sandbox would be refused. Call it before anything is sent.
 */
export async function restoreSandboxAccounts(ctx: ServerCtx): Promise<void> {
  for (const row of await selectSandboxConnectors(ctx.db.worker)) await restoreAccount(ctx, row)
}

async function restoreAccount(ctx: ServerCtx, row: SandboxConnectorRow): Promise<void> {
  if (row.waba_id === null) return
  const { access_token, app_secret, verify_token } = openCredentials(ctx, row)
  const answer = await ctx.providers.sandbox.restoreAccount(sandboxUrl(ctx.config), {
    name: row.name,
    waba_id: row.waba_id,
    phone_number_id: row.phone_number_id,
    phone: row.phone,
    access_token,
    app_secret,
    webhook: { callback_url: sandboxCallbackUrl(ctx.config, row.key), verify_token },
  })
  if (!answer.ok) {
    const { workspace_id, id: connector_id } = row
    ctx.log.warn({ workspace_id, connector_id, reason: answer.error.code }, 'sandbox account not restored')
  }
}
