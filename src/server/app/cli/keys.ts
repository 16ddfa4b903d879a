import type { Command } from 'commander'
import { type Scope, scope, scopes } from '../../../contract/index.ts'
import { ConfigError } from '../../platform/index.ts'
import type { ServerCtx } from '../../providers/index.ts'
import { createApiKey, findWorkspace } from '../../workspaces/index.ts'
import { operatorOf } from './operator.ts'
import { withContext } from './with-context.ts'

export function addKeysCommand(program: Command): void {
  program
    .command('keys')
    .description('API keys')
    .command('create')
    .description('make an API key and print it, and nothing else')
    .requiredOption('--workspace <slug>', 'the workspace it works in')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'what it may do', scopes.join(','))
    .action(async (options: { workspace: string; name: string; scopes: string }) => {
      const wanted = readScopes(options.scopes)
      const secret = await withContext((ctx) => createKey(ctx, { ...options, scopes: wanted }))
      console.log(secret)
    })
}

/** Throws ConfigError when there is no such workspace. */
async function createKey(
  ctx: ServerCtx,
  options: { workspace: string; name: string; scopes: Scope[] },
): Promise<string> {
  const workspace = await findWorkspace(ctx.db.worker, options.workspace)
  if (!workspace) throw new ConfigError(`There is no workspace "${options.workspace}".`)
  const { secret } = await createApiKey(ctx, operatorOf(workspace.id), {
    name: options.name,
    scopes: options.scopes,
  })
  return secret
}

function readScopes(text: string): Scope[] {
  const parsed = scope
    .array()
    .min(1)
    .safeParse(text.split(',').map((word) => word.trim()))
  if (!parsed.success) throw new ConfigError(`--scopes is a list of ${scopes.join(', ')}.`)
  return parsed.data
}
