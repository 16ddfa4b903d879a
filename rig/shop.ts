import { type Api, apiOf, eventually } from './api.ts'
import {
  createKey,
  freePort,
  type HubOptions,
  type Process,
  startEmulator,
  startHub,
  temporaryDirectory,
} from './processes.ts'

export interface Account {
  access_token: string
  app_secret: string
  verify_token: string
  waba_id: string
  numbers: { phone_number_id: string; phone: string }[]
}

export interface Connector {
  id: string
  webhook_url: string
  numbers: { id: string; phone_number_id: string }[]
}

/** A hub and an emulator as processes, with the workspace `shop` and one Meta connector set up by hand. */
export interface Shop {
  hub: Process
  emulator: Process
  /** The emulator's control. */
  control: Api
  api: Api
  key: string
  dataDir: string
  account: Account
  connector: Connector
  numberId: string
  phoneNumberId: string
  /** Starts the hub again on the same data, after a kill or a stop. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function openShop(env: Record<string, string> = {}): Promise<Shop> {
  const directory = await temporaryDirectory()
  const emulator = await startEmulator()
  const options: HubOptions = {
    dataDir: directory.path,
    port: await freePort(),
    env: { PARLEY_GRAPH_URL: emulator.url, PARLEY_GUPSHUP_URL: emulator.url, ...env },
  }
  const hub = await startHub(options)
  const key = await createKey(options)
  const api = apiOf(hub.url, key)
  const control = apiOf(emulator.url)
  const { account, connector } = await connect(api, control, { throughput: 1000 })
  const [number] = connector.numbers
  if (number === undefined) throw new Error('The connector has no number.')
  const shop: Shop = {
    hub,
    emulator,
    control,
    api,
    key,
    dataDir: directory.path,
    account,
    connector,
    numberId: number.id,
    phoneNumberId: number.phone_number_id,
    restart: async () => {
      shop.hub = await startHub(options)
    },
    close: async () => {
      await shop.hub.stop()
      await emulator.stop()
      await directory.remove()
    },
  }
  return shop
}

/** Makes an account at the emulator, joins it by hand with its four fields, and points its webhooks at the hub. */
export async function connect(
  api: Api,
  control: Api,
  wanted: { throughput: number } | { numbers: { is_on_biz_app: boolean }[] },
): Promise<{ account: Account; connector: Connector }> {
  const { body: account } = await control.send<Account>('POST', '/_control/accounts', wanted)
  const { status, body: connector } = await api.send<Connector>('POST', '/api/v1/connectors', {
    provider: 'meta',
    name: 'Main line',
    phone_number_id: account.numbers[0]?.phone_number_id,
    access_token: account.access_token,
    app_secret: account.app_secret,
    verify_token: account.verify_token,
  })
  if (status >= 300) throw new Error(`Connecting failed: ${JSON.stringify(connector)}`)
  const pointed = await control.send('PUT', `/_control/accounts/${account.waba_id}/webhook`, {
    callback_url: connector.webhook_url,
    verify_token: account.verify_token,
  })
  if (pointed.status !== 200) throw new Error(`The webhook was not verified: ${JSON.stringify(pointed.body)}`)
  return { account, connector }
}

export interface TemplateSummary {
  id: string
  name: string
  status: string
  category: string
  language: string
  variables: { key: string; place: string; kind: string }[]
}

/** Templates come by themselves after connecting; waits for one with something to fill in. */
export async function approvedTemplate(
  api: Api,
  category: string,
  connectorId?: string,
): Promise<TemplateSummary> {
  return eventually(async () => {
    const ofConnector = connectorId === undefined ? '' : `&connector_id=${connectorId}`
    const path = `/api/v1/templates?limit=200&status=APPROVED${ofConnector}`
    const { body } = await api.get<{ data: TemplateSummary[] }>(path)
    const template = body.data.find((each) => each.category === category && each.variables.length > 0)
    if (template === undefined) throw new Error(`No approved ${category} template with variables yet.`)
    return template
  })
}

/** Texts come from columns `value_1`, `value_2`, …; a file in the header is the same for everybody. */
export function matchOf(template: TemplateSummary): {
  columns: string[]
  variables: Record<string, Record<string, string>>
} {
  const columns: string[] = []
  const variables: Record<string, Record<string, string>> = {}
  for (const { key, kind } of template.variables) {
    if (kind === 'text') columns.push(`value_${columns.length + 1}`)
    variables[key] =
      kind === 'text' ? { column: columns.at(-1) ?? '' } : { constant: 'https://cdn.example/offer.jpg' }
  }
  return { columns, variables }
}

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

export const alwaysOpen = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]]))

/** Opens in three days: a list that is started has not begun to send, however slow the one who tests is. */
export function openLater(): Record<string, string[][]> {
  const day = days[(new Date().getUTCDay() + 3) % 7] ?? ''
  return { [day]: [['09:00', '18:00']] }
}

export interface List {
  id: string
  state: string
  rows: number
  counts: Record<
    'total' | 'waiting' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'skipped' | 'unknown',
    number
  >
  failures: { code: string; count: number; reason: string }[]
  pause_reason: string | null
}

/** Lists of one run share no recipient, so that the ledger shows at once who got two messages. */
let nextRecipient = 0

/** A campaign, a hub in it and a list of `rows` recipients with its match, ready to start. */
export async function prepareList(
  shop: Pick<Shop, 'api' | 'numberId'> & { connector: Pick<Connector, 'id'> },
  { rows, category, schedule = alwaysOpen }: { rows: number; category: string; schedule?: object },
): Promise<List & { hub_id: string }> {
  const { api } = shop
  const template = await approvedTemplate(api, category, shop.connector.id)
  const suffix = Math.random().toString(36).slice(2, 8)
  const campaign = await api.send<{ id: string }>('POST', '/api/v1/campaigns', {
    name: `Campaign ${suffix}`,
    number_id: shop.numberId,
    time_zone: 'America/Montevideo',
    schedule,
    template_ids: [template.id],
  })
  const hub = await api.send<{ id: string }>('POST', '/api/v1/hubs', {
    name: `Hub ${suffix}`,
    campaign_id: campaign.body.id,
    channel: 'whatsapp',
    template_id: template.id,
  })
  const { columns, variables } = matchOf(template)
  const lines = Array.from({ length: rows }, (_, index) =>
    [recipientPhone(nextRecipient + index), ...columns.map((column) => `${column}-${index}`)].join(','),
  )
  nextRecipient += rows
  const uploaded = await api.upload<List>(
    `/api/v1/hubs/${hub.body.id}/lists`,
    'recipients.csv',
    ['phone', ...columns].join(',').concat('\n', lines.join('\n'), '\n'),
  )
  if (uploaded.status >= 300) throw new Error(`The upload failed: ${JSON.stringify(uploaded.body)}`)
  const matched = await api.send<List>('PUT', `/api/v1/lists/${uploaded.body.id}/match`, {
    phone: 'phone',
    variables,
  })
  if (matched.status >= 300) throw new Error(`The match failed: ${JSON.stringify(matched.body)}`)
  return { ...matched.body, hub_id: hub.body.id }
}

/** Valid Uruguayan mobile numbers; below 9,900 they stay clear of the emulator's magic endings. */
export function recipientPhone(index: number): string {
  return `5989${String(1_000_000 + index)}`
}

export async function waitForList(
  api: Api,
  listId: string,
  state: string,
  timeoutMs = 90_000,
): Promise<List> {
  return eventually(async () => {
    const { body } = await api.get<List>(`/api/v1/lists/${listId}`)
    if (body.state !== state) throw new Error(`The list is ${body.state}: ${JSON.stringify(body.counts)}`)
    return body
  }, timeoutMs)
}
