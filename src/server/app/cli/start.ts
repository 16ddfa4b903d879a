import type { Command } from 'commander'
import { readConfig } from '../../platform/index.ts'
import { type HubRole, readRoles } from '../role-names.ts'
import { type RunningHub, runHub, startSandbox } from '../run-hub.ts'

/** After this the process ends whatever still hangs; what was in flight is settled at the next start. */
const stopPatienceMs = 14_000

export function addStartCommands(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('start the hub')
    .option('--roles <list>', 'what this process does: web, worker, sandbox or all', 'all')
    .action(async ({ roles }: { roles: string }) => start(readRoles(roles)))
  program
    .command('sandbox')
    .description('start the sandbox (a pretend WhatsApp) alone, for a hub that runs elsewhere')
    .action(async () => {
      const sandbox = await startSandbox(readConfig(), onNotice)
      console.log(`The sandbox (a pretend WhatsApp) is at ${sandbox.url}`)
      stopOnSignals(Promise.resolve(sandbox))
    })
}

function onNotice(notice: string): void {
  console.log(notice)
}

async function start(roles: HubRole[]): Promise<void> {
  const starting = runHub({ config: readConfig(), roles, onNotice })
  stopOnSignals(starting)
  announce(await starting, roles)
}

function announce({ address, sandboxUrl, setupLink }: RunningHub, roles: HubRole[]): void {
  if (address) console.log(`Parley is at ${address}`)
  if (sandboxUrl) console.log(`The sandbox (a pretend WhatsApp) is at ${sandboxUrl}`)
  if (roles.includes('worker') && !address) console.log('The worker is running.')
  if (setupLink) console.log(`Set up the first workspace with this link (it works once):\n  ${setupLink}`)
}

function stopOnSignals(starting: Promise<{ stop(): Promise<void> }>): void {
  let isStopping = false
  async function stop(): Promise<void> {
    if (isStopping) return
    isStopping = true
    setTimeout(() => {
      console.error('Stopping took too long; the rest is settled at the next start.')
      process.exit(1)
    }, stopPatienceMs).unref()
    // A start that failed has said why and stopped what it had started.
    const started = await starting.catch(() => null)
    await started?.stop()
    process.exit(started ? 0 : 1)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        console.error(error)
        process.exit(1)
      })
    })
  }
}
