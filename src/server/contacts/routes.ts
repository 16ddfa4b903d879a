import { z } from 'zod'
import {
  contact,
  contactFilter,
  contactHistory,
  contactId,
  contactQuery,
  createContact as createContactBody,
  erasure,
  erasureQuery,
  pageOf,
  updateContact as updateContactBody,
} from '../../contract/index.ts'
import { sendCsv } from '../files/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { registerConsentRoutes } from './consent/consent-routes.ts'
import { registerOptOutRoutes } from './consent/opt-out-routes.ts'
import { createContact } from './create-contact.ts'
import { deleteContact } from './delete-contact.ts'
import { exportContacts } from './export-contacts.ts'
import { getContact } from './get-contact.ts'
import { registerImportRoutes } from './import/routes.ts'
import { listContacts } from './list-contacts.ts'
import { listErasures } from './list-erasures.ts'
import { readContactHistory } from './read-contact-history.ts'
import { updateContact } from './update-contact.ts'

const params = z.strictObject({ id: contactId })
const tags = ['Contacts']

export function registerContactRoutes(app: HttpApp, ctx: Ctx): void {
  registerConsentRoutes(app, ctx)
  registerOptOutRoutes(app, ctx)
  registerImportRoutes(app, ctx)
  registerContacts(app, ctx)
}

function registerContacts(app: HttpApp, ctx: Ctx): void {
  app.route({
    method: 'GET',
    url: '/contacts',
    config: { access: { role: 'agent', scope: 'read' } },
    schema: {
      tags,
      summary: 'Contacts, with search and filters',
      querystring: contactQuery,
      response: { 200: pageOf(contact) },
    },
    handler: (request) => listContacts(ctx, actorOf(request), request.query),
  })
  app.route({
    method: 'GET',
    url: '/contacts/export',
    config: { access: { role: 'supervisor', scope: 'read' }, answersWith: ['text/csv'] },
    schema: {
      tags,
      summary: 'Contacts as CSV, the same that the list shows',
      querystring: contactFilter.extend({
        format: z.literal('csv', 'Contacts are exported as CSV.').default('csv'),
      }),
    },
    handler: async (request, reply) =>
      sendCsv(reply, await exportContacts(ctx, actorOf(request), request.query)),
  })
  app.route({
    method: 'POST',
    url: '/contacts',
    config: { access: { role: 'agent', scope: 'manage' } },
    schema: { tags, summary: 'Add a contact', body: createContactBody, response: { 201: contact } },
    handler: async (request, reply) => {
      const created = await createContact(ctx, actorOf(request), request.body)
      return reply.code(201).send(created)
    },
  })
  app.route({
    method: 'GET',
    url: '/contacts/:id',
    config: { access: { role: 'agent', scope: 'read' } },
    schema: { tags, summary: 'One contact', params, response: { 200: contact } },
    handler: (request) => getContact(ctx, actorOf(request), request.params.id),
  })
  app.route({
    method: 'GET',
    url: '/contacts/:id/history',
    config: { access: { role: 'agent', scope: 'read' } },
    schema: {
      tags,
      summary: 'Changes of consent and identity of a contact, newest first',
      params,
      response: { 200: contactHistory },
    },
    handler: (request) => readContactHistory(ctx, actorOf(request), request.params.id),
  })
  app.route({
    method: 'PATCH',
    url: '/contacts/:id',
    config: { access: { role: 'agent', scope: 'manage' } },
    schema: {
      tags,
      summary: 'Change a contact',
      params,
      body: updateContactBody,
      response: { 200: contact },
    },
    handler: (request) => updateContact(ctx, actorOf(request), request.params.id, request.body),
  })
  app.route({
    method: 'DELETE',
    url: '/contacts/:id',
    config: { access: { role: 'admin', scope: 'manage' } },
    schema: {
      tags,
      summary:
        'Erase a person: messages and files at once, all else within a day; see /erasures for the receipt',
      params,
      response: { 204: z.undefined() },
    },
    handler: async (request, reply) => {
      await deleteContact(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  })
  app.route({
    method: 'GET',
    url: '/erasures',
    config: { access: { role: 'admin', scope: 'read' } },
    schema: {
      tags,
      summary: 'Receipts of the erasures of contacts, newest first',
      querystring: erasureQuery,
      response: { 200: pageOf(erasure) },
    },
    handler: (request) => listErasures(ctx, actorOf(request), request.query),
  })
}
