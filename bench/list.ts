import { setTimeout as delay } from 'node:timers/promises'
import {
  alwaysOpen,
  approvedTemplate,
  type List,
  matchOf,
  openShop,
  recipientPhone,
  type Shop,
} from '../rig/shop.ts'
import { openDatabase } from './list/database.ts'
import { watchMemory } from './list/memory.ts'
import { watchCalls } from './list/page-calls.ts'

// One long list as a user has it: uploaded, matched, checked, started on a number of 1,000/s, paused, resumed and cancelled,
// while its pages are looked at. Hub, PostgreSQL and emulator share the machine.
const rows = Number(process.argv[2] ?? 1_000_000)
const sendForSeconds = Number(process.argv[3] ?? 120)
const warmUpSeconds = 10

async function main(): Promise<void> {
  const shop = await openShop()
  try {
    await shop.control.send('PATCH', `/_control/accounts/${shop.account.waba_id}`, {
      messaging_limit: 'TIER_UNLIMITED',
    })
    const database = await openDatabase(shop.dataDir)
    const memory = watchMemory(shop.hub.child.pid)
    const { hubId, columns, variables } = await makeHub(shop)
    const file = csvOf(columns)
    const found: Record<string, unknown> = { bench: 'list', rows, file_mb: Math.round(file.length / 1e6) }
    const tell = (name: string, value: unknown) => {
      found[name] = value
      console.log(`${name}: ${JSON.stringify(value)}`)
    }

    const uploading = startTimer()
    const uploaded = await shop.api.upload<List>(`/api/v1/hubs/${hubId}/lists`, 'recipients.csv', file)
    const { id } = uploaded.body
    tell('upload_answered_ms', uploading())
    await until(async () => (await stateOf(shop, id)) !== 'importing')
    tell('imported_seconds', uploading() / 1_000)

    const at = (act: string) => `/api/v1/lists/${id}/${act}`
    const matching = startTimer()
    await expectDone(shop, 'PUT', at('match'), { phone: 'phone', variables })
    await until(async () => (await stateOf(shop, id)) === 'ready')
    tell('matched_seconds', matching() / 1_000)
    tell('check_ms', await timed(() => shop.api.get(at('preflight'))))
    tell('start_answered_ms', await timed(() => expectDone(shop, 'POST', at('start'))))

    const calls = watchCalls(shop.api, { listId: id, hubId })
    const making = startTimer()
    const made = until(() =>
      database.isTrue('select expanded_at is not null from lists where id = $1', id),
    ).then(() => tell('messages_made_seconds', making() / 1_000))
    await delay(warmUpSeconds * 1_000)
    const sentBefore = await acceptedSoFar(shop)
    await delay(sendForSeconds * 1_000)
    tell('sent_per_second', Math.round(((await acceptedSoFar(shop)) - sentBefore) / sendForSeconds))
    tell('calls_while_sending_p95_ms', calls.p95())
    tell('pause_answered_ms', await timed(() => expectDone(shop, 'POST', at('pause'))))
    tell('resume_answered_ms', await timed(() => expectDone(shop, 'POST', at('resume'))))
    await made
    tell('cancel_answered_ms', await timed(() => expectDone(shop, 'POST', at('cancel'))))
    const cancelling = startTimer()
    await until(() => database.isTrue('select not exists (select from send_queue where list_id = $1)', id))
    tell('cancelled_seconds', cancelling() / 1_000)
    tell('calls_while_cancelling_p95_ms', calls.p95())
    await calls.stop()
    tell('memory_mb', memory.stop())
    await database.close()
    console.log(JSON.stringify(found))
  } finally {
    await shop.close()
  }
}

async function makeHub({ api, numberId, connector }: Shop) {
  const template = await approvedTemplate(api, 'MARKETING', connector.id)
  const campaign = await api.send<{ id: string }>('POST', '/api/v1/campaigns', {
    name: 'Million',
    number_id: numberId,
    time_zone: 'America/Montevideo',
    schedule: alwaysOpen,
    template_ids: [template.id],
  })
  const hub = await api.send<{ id: string }>('POST', '/api/v1/hubs', {
    name: 'Million',
    campaign_id: campaign.body.id,
    channel: 'whatsapp',
    template_id: template.id,
  })
  return { hubId: hub.body.id, ...matchOf(template) }
}

function csvOf(columns: readonly string[]): string {
  const lines = Array.from({ length: rows }, (_, index) =>
    [recipientPhone(index), ...columns.map((column) => `${column}-${index}`)].join(','),
  )
  return `${['phone', ...columns].join(',')}\n${lines.join('\n')}\n`
}

function startTimer(): () => number {
  const startedMs = performance.now()
  return () => Math.round(performance.now() - startedMs)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const passed = startTimer()
  await work()
  return passed()
}

async function expectDone({ api }: Shop, method: string, path: string, body?: unknown): Promise<void> {
  const answer = await api.send(method, path, body)
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await delay(250)
}

async function stateOf({ api }: Shop, id: string): Promise<string> {
  return (await api.get<List>(`/api/v1/lists/${id}`)).body.state
}

async function acceptedSoFar({ control }: Shop): Promise<number> {
  return (await control.get<{ accepted: number }>('/_control/ledger?summary=1')).body.accepted
}

await main()
