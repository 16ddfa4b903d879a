import { Command, CommanderError } from 'commander'
import { ConfigError, ParleyError } from '../../platform/index.ts'
import { readVersion } from '../project-files.ts'
import type { StartSandbox } from '../run-hub.ts'
import { addStartCommand } from './start.ts'

export interface ProgramParts {
  startSandbox: StartSandbox
}

/** The program `parley`: without a command it starts the hub. */
export async function runProgram(args: string[], parts: ProgramParts): Promise<void> {
  const program = new Command('parley')
    .description('A self-hosted, multi-tenant WhatsApp Business hub.')
    .version(readVersion())
    .showHelpAfterError()
  addStartCommand(program, parts)
  try {
    await program.parseAsync(args)
  } catch (error) {
    process.exitCode = 1
    console.error(explain(error))
  }
}

/** A sentence when it is one of ours; everything when nobody expected it. */
function explain(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof ParleyError || error instanceof CommanderError)
    return error.message
  return error
}
