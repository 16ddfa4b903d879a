import { Command, CommanderError } from 'commander'
import { ConfigError, ParleyError } from '../../platform/index.ts'
import { readVersion } from '../project-files.ts'
import { addConnectorsCommand } from './connectors.ts'
import { addEventsCommand } from './events.ts'
import { addInboundCommand } from './inbound.ts'
import { addKeysCommand } from './keys.ts'
import { addListsCommand } from './lists.ts'
import { addMigrateCommand } from './migrate.ts'
import { addOpenApiCommand } from './openapi.ts'
import { addPlatformWebhookCommand } from './platform-webhook.ts'
import { addSetupCommand } from './setup.ts'
import { addStartCommands } from './start.ts'

/** The program `parley`: without a command it starts the hub. */
export async function runProgram(args: string[]): Promise<void> {
  const program = new Command('parley')
    .description('A self-hosted, multi-tenant WhatsApp Business hub.')
    .version(readVersion())
    .showHelpAfterError()
  addStartCommands(program)
  addMigrateCommand(program)
  addSetupCommand(program)
  addKeysCommand(program)
  addConnectorsCommand(program)
  addListsCommand(program)
  addEventsCommand(program)
  addInboundCommand(program)
  addPlatformWebhookCommand(program)
  addOpenApiCommand(program)
  try {
    await program.parseAsync(args)
  } catch (error) {
    process.exitCode = 1
    console.error(explain(error))
  }
}

/** A sentence when it is one of ours; everything when nobody expected it. */
function explain(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof ParleyError || error instanceof CommanderError) {
    return error.message
  }
  return error
}
