import { z } from 'zod'
import {
  createEndpoint as createEndpointBody,
  delivery,
  deliveryDetail,
  deliveryId,
  deliveryQuery,
  endpoint,
  endpointId,
  eventTypeEntry,
  pageOf,
  rotateSecret as rotateSecretBody,
  testEndpoint,
  updateEndpoint as updateEndpointBody,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, page } from '../platform/index.ts'
import { createEndpoint } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { eventCatalogue } from './event-catalogue.ts'
import { presentDelivery, presentEndpoint } from './present-endpoint.ts'
import { selectDeliveries } from './queries-deliveries.ts'
import { selectEndpoint, selectEndpoints } from './queries-endpoints.ts'
import { readDelivery } from './read-delivery.ts'
import { replayDelivery } from './replay-delivery.ts'
import { registerReplayRoutes } from './replay-routes.ts'
import { endRotation, rotateSecret } from './rotate-secret.ts'
import { sendTestEvent } from './send-test-event.ts'
import { updateEndpoint } from './update-endpoint.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const managing = { access: { role: 'admin', scope: 'manage' } } as const
const endpointParams = z.strictObject({ id: endpointId })
const deliveryParams = z.strictObject({ id: deliveryId })

export function registerWebhookRoutes(app: HttpApp, ctx: Ctx): void {
  registerEndpointRoutes(app, ctx)
  registerDeliveryRoutes(app, ctx)
  registerReplayRoutes(app, ctx)
  registerCatalogueRoute(app)
}

function registerEndpointRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/webhook-endpoints',
    {
      config: reading,
      schema: { tags: ['Webhooks'], summary: 'Endpoints', response: { 200: pageOf(endpoint) } },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) => selectEndpoints(tx, workspaceId))
      return { data: rows.map((row) => presentEndpoint(row)), next_cursor: null }
    },
  )
  app.post(
    '/webhook-endpoints',
    {
      config: managing,
      schema: {
        tags: ['Webhooks'],
        summary: 'Create an endpoint',
        body: createEndpointBody,
        response: { 201: endpoint },
      },
    },
    async (request, reply) => reply.code(201).send(await createEndpoint(ctx, actorOf(request), request.body)),
  )
  app.get(
    '/webhook-endpoints/:id',
    {
      config: reading,
      schema: {
        tags: ['Webhooks'],
        summary: 'An endpoint',
        params: endpointParams,
        response: { 200: endpoint },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const row = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectEndpoint(tx, workspaceId, request.params.id),
      )
      if (row === null) throw new ParleyError('not_found', 'There is no such endpoint.')
      return presentEndpoint(row)
    },
  )
  app.patch(
    '/webhook-endpoints/:id',
    {
      config: managing,
      schema: {
        tags: ['Webhooks'],
        summary: 'Change an endpoint',
        params: endpointParams,
        body: updateEndpointBody,
        response: { 200: endpoint },
      },
    },
    async (request) => updateEndpoint(ctx, actorOf(request), request.params.id, request.body),
  )
  app.delete(
    '/webhook-endpoints/:id',
    {
      config: managing,
      schema: { tags: ['Webhooks'], summary: 'Delete an endpoint', params: endpointParams },
    },
    async (request, reply) => {
      await deleteEndpoint(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
  app.post(
    '/webhook-endpoints/:id/rotate-secret',
    {
      config: managing,
      schema: {
        tags: ['Webhooks'],
        summary: 'Make a new secret; that of before signs, too, for some hours',
        params: endpointParams,
        body: rotateSecretBody,
        response: { 200: endpoint },
      },
    },
    async (request) => rotateSecret(ctx, actorOf(request), request.params.id, request.body),
  )
  app.post(
    '/webhook-endpoints/:id/end-rotation',
    {
      config: managing,
      schema: {
        tags: ['Webhooks'],
        summary: 'Let only the new secret sign from now on',
        params: endpointParams,
        response: { 200: endpoint },
      },
    },
    async (request) => endRotation(ctx, actorOf(request), request.params.id),
  )
  app.post(
    '/webhook-endpoints/:id/test',
    {
      config: managing,
      schema: {
        tags: ['Webhooks'],
        summary: 'Send a test event',
        params: endpointParams,
        body: testEndpoint,
        response: { 202: delivery },
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .send(await sendTestEvent(ctx, actorOf(request), request.params.id, request.body?.event_type)),
  )
}

function registerDeliveryRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/webhook-deliveries',
    {
      config: reading,
      schema: {
        tags: ['Webhooks'],
        summary: 'Deliveries, newest first',
        querystring: deliveryQuery,
        response: { 200: pageOf(delivery) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor, endpoint_id, state, event_type } = request.query
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectDeliveries(tx, workspaceId, {
          before: cursor === undefined ? null : openCursor(ctx, cursor),
          limit: limit + 1,
          ...(endpoint_id === undefined ? {} : { endpointId: endpoint_id }),
          ...(state === undefined ? {} : { state }),
          ...(event_type === undefined ? {} : { eventType: event_type }),
        }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentDelivery })
    },
  )
  app.get(
    '/webhook-deliveries/:id',
    {
      config: reading,
      schema: {
        tags: ['Webhooks'],
        summary: 'A delivery with its attempts',
        params: deliveryParams,
        response: { 200: deliveryDetail },
      },
    },
    async (request) => readDelivery(ctx, actorOf(request).workspaceId, request.params.id),
  )
  app.post(
    '/webhook-deliveries/:id/replay',
    {
      config: managing,
      schema: {
        tags: ['Webhooks'],
        summary: 'Deliver once more',
        params: deliveryParams,
        response: { 202: delivery },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await replayDelivery(ctx, actorOf(request), request.params.id)),
  )
}

function registerCatalogueRoute(app: HttpApp): void {
  const catalogue = { data: eventCatalogue(), next_cursor: null }
  app.get(
    '/event-types',
    {
      config: reading,
      schema: {
        tags: ['Events'],
        summary: 'Event types, with a sample of each in each format',
        response: { 200: pageOf(eventTypeEntry) },
      },
    },
    async () => catalogue,
  )
}
