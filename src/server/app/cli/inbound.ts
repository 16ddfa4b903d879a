import type { Command } from 'commander'
import { type InboundReplay, inboundReplay } from '../../../contract/index.ts'
import { ConfigError } from '../../platform/index.ts'
import { type ApiClient, jsonBody } from './api-client.ts'
import { showProgress } from './progress.ts'
import { type ApiOptions, addApiOptions, withApi } from './with-api.ts'

const askEveryMs = 1_000

interface ReplayOptions extends ApiOptions {
  since: string
  until?: string
  verdict?: string
  connector?: string
}

export function addInboundCommand(program: Command): void {
  const inbound = program.command('inbound').description('what providers told the workspace')
  addApiOptions(inbound.command('replay'))
    .description('work anew on all webhooks of a span of time; what is known already changes nothing')
    .requiredOption('--since <time>', 'from this time on (ISO 8601)')
    .option('--until <time>', 'before this time (ISO 8601); without it, up to now')
    .option('--verdict <verdict>', 'only those with this verdict, such as parked or failed')
    .option('--connector <id>', 'only those of this connector')
    .action((options: ReplayOptions) => withApi(options, (api) => replay(api, options)))
}

/** What is left out means now: the millisecond that is passing belongs to it. */
function timeOf(text: string | undefined): string {
  const at = text === undefined ? new Date(Date.now() + 1) : new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new ConfigError(`"${text}" is not a time. Write one as 2026-05-07T10:00:00Z.`)
  return at.toISOString()
}

async function replay(api: ApiClient, options: ReplayOptions): Promise<void> {
  const { verdict, connector } = options
  let current = await api.post(
    '/inbound-logs/replay',
    inboundReplay,
    jsonBody({
      since: timeOf(options.since),
      until: timeOf(options.until),
      ...(verdict === undefined ? {} : { verdict }),
      ...(connector === undefined ? {} : { connector_id: connector }),
    }),
  )
  const progress = showProgress('replay', 100)
  let shown = 0
  while (isUnderWay(current)) {
    progress.add(Math.floor(current.progress * 100) - shown)
    shown = Math.floor(current.progress * 100)
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    current = await api.get(`/inbound-logs/replays/${current.id}`, inboundReplay)
  }
  progress.add(100 - shown)
  progress.end()
  console.error(`${current.state}: ${current.replayed} webhooks worked on anew.`)
}

/** Until what was taken up is also worked on. */
function isUnderWay({ state, waiting }: InboundReplay): boolean {
  return state === 'running' || (state === 'finished' && waiting > 0)
}
