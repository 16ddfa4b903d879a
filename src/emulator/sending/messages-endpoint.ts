import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Emulator } from '../emulator.ts'
import { type Fault, fault, faultBody, httpStatusOf, missingObject } from '../faults/faults.ts'
import { assetFault, authorize } from '../graph/authorize.ts'
import { type AcceptedForGroup, acceptGroupMessage } from '../groups/accept-group-message.ts'
import { isJson, type Json, objectIn, textIn } from '../json.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { type Accepted, acceptMessage } from './accept-message.ts'
import { acceptedAnswer } from './accepted-answer.ts'
import { markRead } from './mark-read.ts'

const ADDRESS = /^\/v\d+\.\d+\/(\d+)\/(messages|marketing_messages)(?:\?(.*))?$/
const BODY_BYTES_MAX = 1024 * 1024

/**
 * `POST /{phone_number_id}/messages`, answered straight from node:http: a web framework would cost more than
 * the whole send. Answers false for any other request.
 */
export function serveMessages(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.method !== 'POST' || request.url?.includes('messages') !== true) return false
  const address = ADDRESS.exec(request.url)
  if (address === null) return false
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= BODY_BYTES_MAX) chunks.push(chunk)
  })
  request.on('end', () => {
    const [, phoneNumberId = '', edge = '', query = ''] = address
    const bytes = chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)
    const { authorization } = request.headers
    answer(emulator, response, { phoneNumberId, edge, query, authorization, bytes })
  })
  // The caller cut the connection in the middle of its request: nothing was accepted, nobody to answer.
  request.on('error', () => response.destroy())
  return true
}

interface Ask {
  phoneNumberId: string
  edge: string
  query: string
  authorization: string | undefined
  bytes: Buffer
}

function answer(emulator: Emulator, response: ServerResponse, ask: Ask): void {
  const { settings, chance } = emulator.world
  if (chance.happens(settings.reset_probability)) {
    response.destroy()
    return
  }
  const outcome = injectedFault(emulator) ?? serve(emulator, ask)
  const { journal } = emulator
  if (journal === undefined) replyInTime(emulator, response, outcome)
  else journal.afterWrite(() => replyInTime(emulator, response, outcome))
}

type Served = Accepted | AcceptedForGroup | Fault | 'read'

function replyInTime(emulator: Emulator, response: ServerResponse, outcome: Served): void {
  const { settings, chance } = emulator.world
  const latencyMs =
    settings.answer_latency_ms === 0 && settings.answer_jitter_ms === 0
      ? 0
      : settings.answer_latency_ms + chance.number() * settings.answer_jitter_ms
  if (latencyMs === 0) reply(emulator, response, outcome)
  else setTimeout(() => reply(emulator, response, outcome), latencyMs)
}

function reply(emulator: Emulator, response: ServerResponse, outcome: Served): void {
  if (outcome === 'read') {
    write(response, 200, '{"success":true}')
    return
  }
  if ('groupAnswer' in outcome) {
    write(response, 200, outcome.groupAnswer)
    return
  }
  if (!('code' in outcome)) {
    replyAccepted(emulator, response, outcome)
    return
  }
  const { refusals, settings } = emulator.world
  refusals.set(outcome.code, (refusals.get(outcome.code) ?? 0) + 1)
  emulator.journal?.note(['refused', outcome.code, 1])
  const status = httpStatusOf(outcome)
  if (status === 429) response.setHeader('retry-after', String(settings.retry_after_seconds))
  write(response, status, JSON.stringify(faultBody(outcome)))
}

function replyAccepted(emulator: Emulator, response: ServerResponse, accepted: Accepted): void {
  const { settings, chance, ledger } = emulator.world
  const answer = acceptedAnswer(settings, accepted)
  if (accepted.isAnswerLost || chance.happens(settings.lost_answer_probability)) {
    ledger.setAnswered(accepted.sequence, 'lost')
    emulator.journal?.note(['answered', accepted.sequence, 'lost'])
    response.destroy()
    return
  }
  if (chance.happens(settings.hang_probability)) {
    ledger.setAnswered(accepted.sequence, 'late')
    emulator.journal?.note(['answered', accepted.sequence, 'late'])
    setTimeout(() => write(response, 200, answer), settings.hang_ms).unref()
    return
  }
  write(response, 200, answer)
}

function write(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

/** A fault drawn from the switches, before anything is accepted. */
function injectedFault(emulator: Emulator): Fault | undefined {
  const { settings, chance } = emulator.world
  if (chance.happens(settings.refuse_probability)) return fault(131000)
  if (chance.happens(settings.throttle_probability)) return { code: 130429, httpStatus: 429 }
  return undefined
}

function serve(emulator: Emulator, ask: Ask): Served {
  const { world } = emulator
  const query = ask.query === '' ? undefined : new URLSearchParams(ask.query)
  const { grant, fault: denied } = authorize(world, {
    authorization: ask.authorization,
    accessToken: query?.get('access_token') ?? undefined,
    proof: query?.get('appsecret_proof') ?? undefined,
  })
  if (denied !== undefined) return denied
  const number = world.numbers.get(ask.phoneNumberId)
  if (number === undefined) return missingObject(ask.phoneNumberId, 'POST')
  const unusable = assetFault(grant, number.wabaId) ?? accountFault(emulator, number)
  if (unusable !== undefined) return unusable
  const body = parse(ask.bytes)
  if (body === undefined) return { code: 100, message: '(#100) The request body is not valid JSON.' }
  if (body.status === 'read') return markRead(emulator, number, body) ?? 'read'
  if (ask.edge === 'marketing_messages' && !isMarketing(emulator, number, body)) return fault(131055)
  if (body.recipient_type === 'group') return acceptGroupMessage(emulator, number, body)
  return acceptMessage(emulator, number, body)
}

function accountFault(emulator: Emulator, number: BusinessNumber): Fault | undefined {
  const code = number.refusesWith ?? emulator.world.wabas.get(number.wabaId)?.refusesWith
  if (code !== undefined) return fault(code)
  return number.isRegistered ? undefined : fault(133010)
}

function isMarketing(emulator: Emulator, number: BusinessNumber, body: Json): boolean {
  const asked = objectIn(body, 'template')
  const language = textIn(objectIn(asked, 'language'), 'code') ?? ''
  const template = emulator.world.templates.find(number.wabaId, textIn(asked, 'name') ?? '', language)
  return template === undefined || template.category === 'MARKETING'
}

function parse(bytes: Buffer): Json | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    return isJson(body) ? body : undefined
  } catch {
    return undefined
  }
}
