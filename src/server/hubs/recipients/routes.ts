import { z } from 'zod'
import {
  listId,
  pageOf,
  recipient,
  recipientId,
  recipientQuery,
  recipientState,
  updateRecipient,
} from '../../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, sealCursor } from '../../platform/index.ts'
import { getList } from '../lists/read-list.ts'
import { correctRecipient } from './correct-recipient.ts'
import { exportRecipients } from './export-recipients.ts'
import { presentRecipient } from './present-recipient.ts'
import { selectIdBefore } from './read-queries.ts'
import { readRecipients } from './read-recipients.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const tags = ['Lists']
const listParams = z.strictObject({ id: listId })
const exportQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  state: recipientState.optional(),
  reason: z.string().max(64).optional(),
})

export function registerRecipientRoutes(app: HttpApp, ctx: Ctx): void {
  registerRecipientReading(app, ctx)
  registerExport(app, ctx)
  app.patch(
    '/lists/:id/recipients/:recipient_id',
    {
      config: { access: { role: 'supervisor', scope: 'send' } },
      schema: {
        tags,
        summary: 'Correct a row before the start',
        params: z.strictObject({ id: listId, recipient_id: recipientId }),
        body: updateRecipient,
        response: { 200: recipient },
      },
    },
    async (request) => {
      const { id, recipient_id } = request.params
      return correctRecipient(ctx, actorOf(request), { listId: id, id: recipient_id, changes: request.body })
    },
  )
}

function registerRecipientReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/lists/:id/recipients',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Rows of a list, in the order of the file',
        description:
          'A long list is gone through in steps: where a filter finds little, a page has fewer rows than asked for, even none, while `next_cursor` goes on.',
        params: listParams,
        querystring: recipientQuery,
        response: { 200: pageOf(recipient) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor, from_row, state = null, reason = null, search = null } = request.query
      return ctx.db.inWorkspace(workspaceId, async (tx) => {
        const list = await getList(tx, workspaceId, request.params.id)
        const after =
          cursor === undefined
            ? await selectIdBefore(tx, workspaceId, { listId: list.id, rowNumber: from_row })
            : openCursor(ctx, cursor)
        const { rows, next } = await readRecipients(tx, workspaceId, {
          list,
          after,
          limit,
          state,
          reason,
          search,
        })
        return {
          data: rows.map((row) => presentRecipient(list, row)),
          next_cursor: next === null ? null : sealCursor(ctx, next),
        }
      })
    },
  )
}

function registerExport(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/lists/:id/export',
    {
      config: {
        ...reading,
        answersWith: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      },
      schema: {
        tags,
        summary: 'Rows with their results as CSV or XLSX; with state=problem, the refused rows',
        params: listParams,
        querystring: exportQuery,
      },
    },
    async (request, reply) => {
      const { state = null, reason = null, format } = request.query
      const { fileName, contentType, body } = await exportRecipients(ctx, actorOf(request).workspaceId, {
        listId: request.params.id,
        filter: { state, reason, search: null },
        format,
      })
      return reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .send(body)
    },
  )
}
