import type { Command } from 'commander'
import { type InboundReplay, inboundLog, inboundLogDetail, inboundReplay } from '../../../contract/index.ts'
import { ConfigError } from '../../platform/index.ts'
import { type ApiClient, jsonBody } from './api-client.ts'
import { showProgress } from './progress.ts'
import { type ApiOptions, addApiOptions, withApi } from './with-api.ts'

const askEveryMs = 1_000

interface ReplayOptions extends ApiOptions {
  since?: string
  until?: string
  verdict?: string
  connector?: string
}

export function addInboundCommand(program: Command): void {
  const inbound = program.command('inbound').description('what providers told the workspace')
  addApiOptions(inbound.command('replay [id]'))
    .description(
      'work anew on one webhook, or on all of a span of time; what is known already changes nothing',
    )
    .option('--since <time>', 'from this time on (ISO 8601)')
    .option('--until <time>', 'before this time (ISO 8601); without it, up to now')
    .option('--verdict <verdict>', 'only those with this verdict, such as parked or failed')
    .option('--connector <id>', 'only those of this connector')
    .action((id: string | undefined, options: ReplayOptions) =>
      withApi(options, (api) => (id === undefined ? replay(api, options) : replayOne(api, id))),
    )
}

/** What is left out means now: the millisecond that is passing belongs to it. */
function timeOf(text: string | undefined): string {
  const at = text === undefined ? new Date(Date.now() + 1) : new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new ConfigError(`"${text}" is not a time. Write one as 2026-05-07T10:00:00Z.`)
  return at.toISOString()
}

async function replayOne(api: ApiClient, id: string): Promise<void> {
  const path = `/inbound-logs/${encodeURIComponent(id)}`
  await api.post(`${path}/replay`, inboundLog)
  let log = await api.get(path, inboundLogDetail)
  while (log.verdict === 'received') {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    log = await api.get(path, inboundLogDetail)
  }
  console.error(log.error === null ? log.verdict : `${log.verdict}: ${log.error}`)
}

async function replay(api: ApiClient, options: ReplayOptions): Promise<void> {
  const { since, verdict, connector } = options
  if (since === undefined) throw new ConfigError('Name the webhook, or the span with --since and --until.')
  let current = await api.post(
    '/inbound-logs/replay',
    inboundReplay,
    jsonBody({
      since: timeOf(since),
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
