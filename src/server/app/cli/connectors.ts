import type { Command } from 'commander'
import { connector, connectorCheck, pageOf } from '../../../contract/index.ts'
import type { ApiClient } from './api-client.ts'
import { type ApiOptions, addApiOptions, withApi } from './with-api.ts'

export function addConnectorsCommand(program: Command): void {
  const connectors = program
    .command('connectors')
    .description('WhatsApp Business Accounts that are connected')
  addApiOptions(connectors.command('check'))
    .description('check connectors step by step and say what is wrong')
    .argument('[id]', 'one connector; without it, all')
    .action((id: string | undefined, options: ApiOptions) =>
      withApi(options, (api) => checkConnectors(api, id)),
    )
}

async function checkConnectors(api: ApiClient, id: string | undefined): Promise<void> {
  const { data } = await api.get('/connectors', pageOf(connector))
  const chosen = id === undefined ? data : data.filter((each) => each.id === id)
  if (chosen.length === 0) console.log('There is no connector to check.')
  for (const each of chosen) {
    const { verdict, steps } = await api.post(`/connectors/${each.id}/check`, connectorCheck)
    console.log(`${each.name} (${each.id}): ${verdict}`)
    for (const step of steps) {
      console.log(`  ${step.ok ? 'ok  ' : 'FAIL'} ${step.name}: ${step.message}`)
      if (!step.ok && step.hint) console.log(`       ${step.hint}`)
    }
    if (verdict === 'broken') process.exitCode = 1
  }
}
