import type { Command } from 'commander'
import { ConfigError } from '../../platform/index.ts'
import { createApiKey, findWorkspace, revokeApiKey } from '../../workspaces/index.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { operatorOf } from './operator.ts'
import { withContext } from './with-context.ts'

export interface ApiOptions {
  url?: string
  key?: string
  workspace?: string
}

export function addApiOptions(command: Command): Command {
  return command
    .option('--url <url>', 'where the hub is; without it, the hub of this data directory')
    .option('--key <key>', 'an API key; without it, one is made for this command and revoked after it')
    .option('--workspace <slug>', 'which workspace, when there are several and no key is given')
}

/** Gives the command an API client: with the key it was given, or beside the hub with a key of its own. */
export async function withApi(options: ApiOptions, work: (api: ApiClient) => Promise<void>): Promise<void> {
  const { url, key } = options
  if (url !== undefined && key !== undefined) return work(createApiClient({ url, key }))
  if (url !== undefined || key !== undefined)
    throw new ConfigError('Give --url and --key together, or neither.')
  return withContext(async (ctx) => {
    const workspace = await findWorkspace(ctx.db.worker, options.workspace ?? null)
    if (!workspace) {
      throw new ConfigError(
        options.workspace === undefined
          ? 'Say which workspace with --workspace.'
          : `There is no workspace "${options.workspace}".`,
      )
    }
    const operator = operatorOf(workspace.id)
    const made = await createApiKey(ctx, operator, {
      name: 'Command line, for one command',
      scopes: operator.scopes,
    })
    const { host, port } = ctx.config
    const local = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    try {
      await work(createApiClient({ url: local, key: made.secret }))
    } finally {
      await revokeApiKey(ctx, operator, made.id)
    }
  })
}
