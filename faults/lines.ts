import { eventually } from '../rig/api.ts'
import { alwaysOpen, connect, type List, matchOf, recipientPhone, type TemplateSummary } from '../rig/shop.ts'
import type { Stage } from './stage.ts'

/** A business number with campaigns to send from, one per category. */
export interface Line {
  numberId: string
  phoneNumberId: string
  limitPerSecond: number
  hubs: readonly { hubId: string; template: TemplateSummary }[]
}

/** What the provider lets these numbers send in a second; the slow ones are kept at their limit all the time. */
const limits = [1_000, 1_000, 80, 80] as const
const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const

/** Each number with an account of its own: the messaging limit is shared in an account, and not what is tested. */
export async function openLines(stage: Stage): Promise<Line[]> {
  const lines: Line[] = []
  for (const limitPerSecond of limits) {
    const { account, connector } = await connect(stage.api, stage.provider.control, {
      throughput: limitPerSecond,
    })
    await stage.provider.control.send('PATCH', `/_control/accounts/${account.waba_id}`, {
      messaging_limit: 'TIER_UNLIMITED',
    })
    const [number] = connector.numbers
    if (number === undefined) throw new Error('The connector has no number.')
    const hubs = []
    for (const category of categories) {
      const template = await approvedTemplate(stage, connector.id, category)
      hubs.push({ hubId: await createHub(stage, number.id, template), template })
    }
    lines.push({ numberId: number.id, phoneNumberId: number.phone_number_id, limitPerSecond, hubs })
  }
  return lines
}

function approvedTemplate({ api }: Stage, connectorId: string, category: string): Promise<TemplateSummary> {
  return eventually(async () => {
    const { body } = await api.get<{ data: TemplateSummary[] }>(
      `/api/v1/templates?limit=200&status=APPROVED&connector_id=${connectorId}`,
    )
    const template = body.data.find((each) => each.category === category && each.variables.length > 0)
    if (template === undefined) throw new Error(`No approved ${category} template yet.`)
    return template
  })
}

async function createHub({ api }: Stage, numberId: string, template: TemplateSummary): Promise<string> {
  const name = `${template.category} of ${numberId.slice(-6)}`
  const campaign = await api.send<{ id: string }>('POST', '/api/v1/campaigns', {
    name,
    number_id: numberId,
    time_zone: 'America/Montevideo',
    schedule: alwaysOpen,
    template_ids: [template.id],
  })
  const hub = await api.send<{ id: string }>('POST', '/api/v1/hubs', {
    name,
    campaign_id: campaign.body.id,
    channel: 'whatsapp',
    template_id: template.id,
  })
  if (hub.status >= 300) throw new Error(`No hub was made: ${JSON.stringify(hub.body)}`)
  return hub.body.id
}

/** "Too many messages to this person", for ever: such a recipient would wait beyond the end of the run. */
const waitingEnding = '9905'

/** Nobody is written to twice in a run, so the ledger shows at once who got two messages. */
export class Recipients {
  #next = 0

  take(count: number): string[] {
    const phones: string[] = []
    while (phones.length < count) {
      const phone = recipientPhone(this.#next)
      this.#next += 1
      if (!phone.endsWith(waitingEnding)) phones.push(phone)
    }
    return phones
  }
}

/** Uploads, matches and starts a list; returns its id. Asked twice because an answer was lost, it starts once. */
export async function startList(
  { api }: Stage,
  { hubId, template }: Line['hubs'][number],
  phones: readonly string[],
): Promise<string> {
  const { columns, variables } = matchOf(template)
  const rows = phones.map((phone, index) => [phone, ...columns.map((name) => `${name}-${index}`)].join(','))
  const file = [['phone', ...columns].join(','), ...rows].join('\n')
  const uploaded = await api.upload<List>(`/api/v1/hubs/${hubId}/lists`, 'recipients.csv', `${file}\n`)
  refuse('upload', uploaded)
  const { id } = uploaded.body
  refuse('match', await api.send('PUT', `/api/v1/lists/${id}/match`, { phone: 'phone', variables }))
  refuse('start', await api.send('POST', `/api/v1/lists/${id}/start`))
  return id
}

function refuse(act: string, { status, body }: { status: number; body: unknown }): void {
  if (status >= 300) throw new Error(`The ${act} of a list failed with ${status}: ${JSON.stringify(body)}`)
}
