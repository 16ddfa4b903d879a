import type { Command } from 'commander'
import { listUnrouted, readPlatformWebhook, replayUnrouted, type UnroutedRow } from '../../intake/index.ts'
import { ConfigError } from '../../platform/index.ts'
import type { ServerCtx } from '../../providers/index.ts'
import { withContext } from './with-context.ts'

/** For whoever runs the hub: what comes to the platform's own app belongs to no workspace until it is routed. */
export function addPlatformWebhookCommand(program: Command): void {
  const command = program
    .command('platform-webhook')
    .description('the webhook of the platform’s own Meta app, for all connectors')
  command
    .command('show', { isDefault: true })
    .description('print the callback address and the verify token to enter at Meta')
    .action(() => withContext(show))
  command
    .command('unrouted')
    .description('print what came for accounts and numbers that nobody has connected, newest first')
    .option('--limit <n>', 'how many', '50')
    .action(({ limit }: { limit: string }) => withContext((ctx) => printUnrouted(ctx, Number(limit))))
  command
    .command('replay')
    .description('route it anew, for example after a number was connected again')
    .action(() =>
      withContext(async (ctx) =>
        console.error(`${await replayUnrouted(ctx, 'all')} webhooks are routed anew.`),
      ),
    )
}

async function show(ctx: ServerCtx): Promise<void> {
  const webhook = await readPlatformWebhook(ctx)
  if (webhook === null) {
    throw new ConfigError(
      'There is no platform app: set PARLEY_META_APP_ID and PARLEY_META_APP_SECRET, then start the hub again.',
    )
  }
  console.log(`App           ${webhook.app_id}`)
  console.log(`Callback URL  ${webhook.callback_url}`)
  console.log(`Verify token  ${webhook.verify_token}`)
  console.log(`Unrouted      ${webhook.unrouted}`)
}

async function printUnrouted(ctx: ServerCtx, limit: number): Promise<void> {
  if (!Number.isInteger(limit) || limit < 1)
    throw new ConfigError('--limit must be a whole number from 1 on.')
  for (const row of await listUnrouted(ctx, limit)) console.log(lineOf(row))
}

/** Ids and kinds only: what people wrote is none of the operator's business. */
function lineOf({ id, received_at, facts, terms, body_bytes }: UnroutedRow): string {
  const people = new Set(facts.map(({ phone }) => phone))
  const ids = terms.filter((term) => /^\d{6,}$/.test(term) && !people.has(term))
  const kinds = [...new Set(facts.map(({ kind }) => kind))]
  return [received_at.toISOString(), id, `${body_bytes} bytes`, ids.join(','), kinds.join(',')].join('  ')
}
