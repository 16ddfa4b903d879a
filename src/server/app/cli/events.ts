import type { Command } from 'commander'
import { event, pageOf } from '../../../contract/index.ts'
import type { ApiClient } from './api-client.ts'
import { type ApiOptions, addApiOptions, withApi } from './with-api.ts'

const askEveryMs = 1_000

export function addEventsCommand(program: Command): void {
  const events = program.command('events').description('the diary of the workspace')
  addApiOptions(events.command('tail'))
    .description('print events as they happen, one line of JSON each, until Ctrl-C')
    .option('--types <list>', 'only these types, such as message.received,list.finished')
    .option('--since <time>', 'begin at this time (ISO 8601) instead of now')
    .action((options: ApiOptions & { types?: string; since?: string }) =>
      withApi(options, (api) => tail(api, options)),
    )
}

async function tail(api: ApiClient, { types, since }: { types?: string; since?: string }): Promise<void> {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  const query = new URLSearchParams({
    limit: '200',
    since: (since === undefined ? new Date() : new Date(since)).toISOString(),
  })
  if (types !== undefined) query.set('types', types)
  while (!interrupted.signal.aborted) {
    const { data, next_cursor } = await api.get(`/events?${query}`, pageOf(event))
    for (const each of data) console.log(JSON.stringify(each))
    if (next_cursor !== null) query.set('cursor', next_cursor)
    if (data.length === 0) await pause(interrupted.signal)
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, askEveryMs)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
