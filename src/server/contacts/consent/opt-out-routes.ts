import { z } from 'zod'
import {
  changeConsent,
  contact,
  contactId,
  optOut,
  optOutFilter,
  optOutQuery,
  pageOf,
} from '../../../contract/index.ts'
import { sendCsv } from '../../files/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../../platform/index.ts'
import { changeContactConsent } from './change-contact-consent.ts'
import { exportOptOuts } from './export-opt-outs.ts'
import { listOptOuts } from './list-opt-outs.ts'

const params = z.strictObject({ id: contactId })
const tags = ['Contacts']
/** No body at all is a whole consent without a reason. */
const body = changeConsent.default({ scope: 'all' })

export function registerOptOutRoutes(app: HttpApp, ctx: Ctx): void {
  app.route({
    method: 'POST',
    url: '/contacts/:id/opt-out',
    config: { access: { role: 'agent', scope: 'manage' } },
    schema: {
      tags,
      summary: 'Record that a person wants no messages, or no marketing; it holds from the next send on',
      params,
      body,
      response: { 200: contact },
    },
    handler: (request) =>
      changeContactConsent(ctx, actorOf(request), request.params.id, { ...request.body, opted_out: true }),
  })
  app.route({
    method: 'POST',
    url: '/contacts/:id/opt-in',
    config: { access: { role: 'agent', scope: 'manage' } },
    schema: {
      tags,
      summary: 'Record that a person wants messages again; scope all lifts every opt-out',
      params,
      body,
      response: { 200: contact },
    },
    handler: (request) =>
      changeContactConsent(ctx, actorOf(request), request.params.id, { ...request.body, opted_out: false }),
  })
  app.route({
    method: 'GET',
    url: '/opt-outs',
    config: { access: { role: 'agent', scope: 'read' } },
    schema: {
      tags,
      summary: 'Who wants no messages, or no marketing, the latest first, and how it became known',
      querystring: optOutQuery,
      response: { 200: pageOf(optOut) },
    },
    handler: (request) => listOptOuts(ctx, actorOf(request), request.query),
  })
  app.route({
    method: 'GET',
    url: '/opt-outs/export',
    config: { access: { role: 'supervisor', scope: 'read' }, answersWith: ['text/csv'] },
    schema: {
      tags,
      summary: 'Opt-outs as CSV, the same that the list shows',
      querystring: optOutFilter.extend({
        format: z.literal('csv', 'Opt-outs are exported as CSV.').default('csv'),
      }),
    },
    handler: async (request, reply) =>
      sendCsv(reply, await exportOptOuts(ctx, actorOf(request), request.query)),
  })
}
