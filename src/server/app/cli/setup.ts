import type { Command } from 'commander'
import { issueSetupLink, setUpFromConfig } from '../../workspaces/index.ts'
import { withContext } from './with-context.ts'

export function addSetupCommand(program: Command): void {
  program
    .command('setup')
    .description('make the first owner and workspace from PARLEY_SETUP_…, or print a new set-up link')
    .action(() =>
      withContext(async (ctx) => {
        if (await setUpFromConfig(ctx)) {
          console.log(
            `The workspace ${ctx.config.setup?.workspaceSlug} is ready: sign in at ${ctx.config.publicUrl}`,
          )
          return
        }
        console.log((await issueSetupLink(ctx)) ?? 'This Parley is set up already.')
      }),
    )
}
