import { z } from 'zod'
import { type CreateContact, contact } from '../contract/contacts.ts'
import { type ErrorCode, errorBody } from '../contract/errors.ts'
import { type CustomerEvent, customerEvent, type Event, type EventType, event } from '../contract/events.ts'
import { message } from '../contract/messages.ts'
import { pageOf } from '../contract/paging.ts'
import {
  type CreateEndpoint,
  type CreateReplay,
  delivery,
  endpoint,
  replay,
  type UpdateEndpoint,
} from '../contract/webhooks.ts'

export interface ClientOptions {
  /** Where the hub is, for example https://parley.example.com. */
  url: string
  apiKey: string
  /** For one request; 30 s by default. */
  timeoutMs?: number
}

/** The hub said no. `code` is one of a closed list; `message` is a sentence for people. */
export class ParleyApiError extends Error {
  override readonly name = 'ParleyApiError'
  readonly code: ErrorCode | 'unreadable'
  readonly status: number
  readonly details: Record<string, unknown>
  readonly requestId: string | null

  constructor(status: number, body: unknown) {
    const parsed = errorBody.safeParse(body)
    const error = parsed.success ? parsed.data.error : null
    super(error?.message ?? `The hub answered ${status}.`)
    this.code = error?.code ?? 'unreadable'
    this.status = status
    this.details = error?.details ?? {}
    this.requestId = error?.request_id ?? null
  }
}

/** What was taken on for sending; ask for the message to learn what became of it, or let a webhook tell you. */
const queuedMessage = z.object({ id: z.string(), status: z.string() })
export type QueuedMessage = z.infer<typeof queuedMessage>

/** The main routes of the API, typed. Throws ParleyApiError when the hub says no, and what `fetch` throws when it can't be reached. */
export function createParleyClient({ url, apiKey, timeoutMs = 30_000 }: ClientOptions) {
  const base = `${url.replace(/\/+$/, '')}/api/v1`

  async function call<Shape extends z.ZodType>(
    shape: Shape,
    { method = 'GET', path, body, headers = {} }: Call,
  ): Promise<z.infer<Shape>> {
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const answer = response.status === 204 ? null : await response.json().catch(() => null)
    if (!response.ok) throw new ParleyApiError(response.status, answer)
    return shape.parse(answer)
  }

  return {
    /** Body as in Meta's send API, beside `number_id` and `to`. Repeated with the same key, it is sent once. */
    sendMessage: (body: SendMessage, idempotencyKey: string = crypto.randomUUID()) =>
      call(queuedMessage, {
        method: 'POST',
        path: '/messages',
        body,
        headers: { 'idempotency-key': idempotencyKey },
      }),
    getMessage: (id: string) => call(message, { path: `/messages/${id}` }),
    createContact: (body: CreateContact) => call(contact, { method: 'POST', path: '/contacts', body }),
    getContact: (id: string) => call(contact, { path: `/contacts/${id}` }),
    listEndpoints: () => call(pageOf(endpoint), { path: '/webhook-endpoints' }),
    createEndpoint: (body: Partial<CreateEndpoint> & Pick<CreateEndpoint, 'destination_url' | 'events'>) =>
      call(endpoint, { method: 'POST', path: '/webhook-endpoints', body }),
    updateEndpoint: (id: string, body: UpdateEndpoint) =>
      call(endpoint, { method: 'PATCH', path: `/webhook-endpoints/${id}`, body }),
    deleteEndpoint: (id: string) => call(z.null(), { method: 'DELETE', path: `/webhook-endpoints/${id}` }),
    testEndpoint: (id: string, type?: EventType) =>
      call(delivery, {
        method: 'POST',
        path: `/webhook-endpoints/${id}/test`,
        body: type === undefined ? {} : { event_type: type },
      }),
    replay: (endpointId: string, body: Partial<CreateReplay> & Pick<CreateReplay, 'since'>) =>
      call(replay, { method: 'POST', path: `/webhook-endpoints/${endpointId}/replay`, body }),
    getReplay: (endpointId: string, id: string) =>
      call(replay, { path: `/webhook-endpoints/${endpointId}/replays/${id}` }),
    /** One page of the feed. Keep `next_cursor`: with it the next call gives what came since, without a gap. */
    readEvents: async (options: { cursor?: string; types?: readonly EventType[]; limit?: number } = {}) => {
      const query = new URLSearchParams()
      if (options.cursor !== undefined) query.set('cursor', options.cursor)
      if (options.types !== undefined) query.set('types', options.types.join(','))
      if (options.limit !== undefined) query.set('limit', String(options.limit))
      const page = await call(pageOf(event), { path: `/events?${query}` })
      return { events: page.data.flatMap(knownEvent), next_cursor: page.next_cursor }
    },
  }
}

interface Call {
  method?: string
  path: string
  body?: object
  headers?: Record<string, string>
}

export type ParleyClient = ReturnType<typeof createParleyClient>

export interface SendMessage {
  number_id: string
  /** Digits with the country code, without `+`. */
  to: string
  type: string
  [part: string]: unknown
}

/** Types that this version doesn't know are left out. */
function knownEvent({ data }: Event): CustomerEvent[] {
  const known = customerEvent.safeParse(data)
  return known.success ? [known.data] : []
}
