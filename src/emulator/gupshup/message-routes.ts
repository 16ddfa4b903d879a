import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Emulator } from '../emulator.ts'
import { isJson, type Json, textIn } from '../json.ts'
import { findTemplate, type GupshupApp } from '../world/gupshup-apps.ts'
import { appFor, type Refusal, senderFor } from './authorize-app.ts'
import { jsonField, readSession, readTemplate } from './read-form.ts'
import { type Submitted, sendForApp } from './send-for-app.ts'

type Form = 'session' | 'template'

interface ByApp {
  Params: { id: string }
}

/** Sending: the v1 form, its mirror for partners, and Meta's body passed through. */
export function registerMessageRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator
  const forms: [string, Form][] = [
    ['msg', 'session'],
    ['template/msg', 'template'],
  ]
  for (const [path, form] of forms) {
    http.post(`/wa/api/v1/${path}`, (request, reply) => {
      const body = formOf(request)
      const asked = { name: textIn(body, 'src.name'), source: textIn(body, 'source') }
      const app = senderFor(world, request.headers, asked)
      return answer(emulator, reply, 'message' in app ? app : sendForm(emulator, app, body, form))
    })
    http.post<ByApp>(`/partner/app/:id/${path}`, (request, reply) => {
      const app = appFor(world, request.params.id, request.headers, true)
      return answer(emulator, reply, 'message' in app ? app : sendForm(emulator, app, formOf(request), form))
    })
  }
  http.post<ByApp>('/partner/app/:id/v3/message', (request, reply) => {
    const app = appFor(world, request.params.id, request.headers, true)
    const body = formOf(request)
    const outcome = 'message' in app ? app : sendForApp(emulator, app, body)
    if ('message' in outcome) return answer(emulator, reply, outcome)
    const to = textIn(body, 'to')
    return reply.send({
      messages: [{ id: outcome.gsId }],
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to }],
    })
  })
}

function formOf(request: FastifyRequest): Json {
  return isJson(request.body) ? request.body : {}
}

function sendForm(emulator: Emulator, app: GupshupApp, form: Json, kind: Form): Submitted | Refusal {
  const destination = textIn(form, 'destination') ?? ''
  if (textIn(form, 'channel') !== 'whatsapp') return { status: 400, message: 'Invalid Channel' }
  if (!/^[1-9]\d{6,14}$/.test(destination)) return { status: 400, message: 'Invalid Destination' }
  const body = kind === 'session' ? sessionIn(form) : templateIn(emulator, app, form)
  if (body === undefined) return { status: 400, message: 'Invalid Message' }
  return sendForApp(emulator, app, { to: destination, ...body })
}

function sessionIn(form: Json): Json | undefined {
  const message = jsonField(form, 'message')
  return message === undefined ? undefined : readSession(message)
}

function templateIn(emulator: Emulator, app: GupshupApp, form: Json): Json | undefined {
  const asked = jsonField(form, 'template')
  const id = textIn(asked, 'id')
  if (asked === undefined || id === undefined) return undefined
  const template = findTemplate(emulator.world, app, id)
  // Meta's word for a template that doesn't exist is found further on.
  if (template === undefined) return { type: 'template', template: { name: id, language: { code: 'en' } } }
  const params: unknown[] = Array.isArray(asked.params) ? asked.params : []
  return readTemplate(template, params, jsonField(form, 'message'))
}

async function answer(
  emulator: Emulator,
  reply: FastifyReply,
  outcome: Submitted | Refusal,
): Promise<FastifyReply> {
  const { settings, chance, ledger } = emulator.world
  if (settings.answer_latency_ms > 0) {
    await new Promise((resolve) => setTimeout(resolve, settings.answer_latency_ms))
  }
  if ('message' in outcome) {
    const { status, message } = outcome
    if (status === 429) reply.header('retry-after', String(settings.retry_after_seconds))
    return reply.code(status).send({ message, status: 'error' })
  }
  if (outcome.isAnswerLost || chance.happens(settings.lost_answer_probability)) {
    if (outcome.sequence !== undefined) {
      ledger.setAnswered(outcome.sequence, 'lost')
      emulator.journal?.note(['answered', outcome.sequence, 'lost'])
    }
    reply.hijack()
    reply.raw.destroy()
    return reply
  }
  // The wrong type, as it is in life: whoever trusts it reads no JSON.
  const body = JSON.stringify({ status: 'submitted', messageId: outcome.gsId })
  return reply.code(202).type('text/html; charset=utf-8').send(body)
}
