import { z } from 'zod'
import {
  contactImport,
  contactImportId,
  contactImportMatch,
  pageOf,
  pageQuery,
  refusedContact,
} from '../../../contract/index.ts'
import { allowUploads, fileLimits, sendCsv, takeUpload } from '../../files/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, page } from '../../platform/index.ts'
import { addImport } from './add-import.ts'
import { cancelImport } from './cancel-import.ts'
import { chooseImportMatch } from './choose-import-match.ts'
import { presentImport } from './contact-import.ts'
import { exportRefused } from './export-refused.ts'
import { presentRefusal } from './present-refusal.ts'
import { selectImports, selectRefusals } from './queries.ts'
import { getImport, readImport } from './read-import.ts'
import { startImport } from './start-import.ts'

const tags = ['Contacts']
const params = z.strictObject({ id: contactImportId })
const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const managing = { access: { role: 'supervisor', scope: 'manage' } } as const
const answer = { 200: contactImport }

export function registerImportRoutes(app: HttpApp, ctx: Ctx): void {
  registerUpload(app, ctx)
  registerReading(app, ctx)
  app.put(
    '/contacts/imports/:id/match',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Say which column is what; every row is judged anew',
        params,
        body: contactImportMatch,
        response: answer,
      },
    },
    async (request) =>
      chooseImportMatch(ctx, actorOf(request), { id: request.params.id, match: request.body }),
  )
  app.post(
    '/contacts/imports/:id/start',
    { config: managing, schema: { tags, summary: 'Write the good rows', params, response: answer } },
    async (request) => startImport(ctx, actorOf(request), request.params.id),
  )
  app.post(
    '/contacts/imports/:id/cancel',
    {
      config: managing,
      schema: { tags, summary: 'Stop; contacts that were written stay', params, response: answer },
    },
    async (request) => cancelImport(ctx, actorOf(request), request.params.id),
  )
}

function registerUpload(app: HttpApp, ctx: Ctx): void {
  app.register(async (scope: HttpApp) => {
    await allowUploads(scope)
    scope.post(
      '/contacts/imports',
      {
        config: { ...managing, longBody: true },
        bodyLimit: fileLimits.bytesMax + 1024 * 1024,
        schema: {
          tags,
          summary:
            'Upload a file of contacts as multipart form, field `file`; nobody is changed before the start',
          consumes: ['multipart/form-data'],
          response: { 201: contactImport },
        },
      },
      async (request, reply) => {
        const upload = await takeUpload(request, 'contacts.csv')
        return reply.code(201).send(await addImport(ctx, actorOf(request), upload))
      },
    )
  })
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/contacts/imports',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Imports of the last 30 days, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(contactImport) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectImports(tx, workspaceId, { before, limit }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentImport })
    },
  )
  app.get(
    '/contacts/imports/:id',
    { config: reading, schema: { tags, summary: 'An import', params, response: answer } },
    async (request) => readImport(ctx, actorOf(request).workspaceId, request.params.id),
  )
  registerRefused(app, ctx)
}

function registerRefused(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/contacts/imports/:id/refused',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Rows that are left out, with their reasons',
        params,
        querystring: pageQuery,
        response: { 200: pageOf(refusedContact) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { id } = request.params
      const { limit, cursor } = request.query
      const after = cursor === undefined ? 0 : Number(openCursor(ctx, cursor, /^\d+$/))
      const { columns, rows } = await ctx.db.inWorkspace(workspaceId, async (tx) => ({
        columns: (await getImport(tx, workspaceId, id)).columns,
        rows: await selectRefusals(tx, workspaceId, { id, after, limit: limit + 1 }),
      }))
      return page(ctx, rows, {
        limit,
        cursorOf: (row) => String(row.row_number),
        present: (row) => presentRefusal(columns, row),
      })
    },
  )
  app.get(
    '/contacts/imports/:id/refused/export',
    {
      config: { ...reading, answersWith: ['text/csv'] },
      schema: { tags, summary: 'The refused rows as CSV, with their reasons', params },
    },
    async (request, reply) =>
      sendCsv(reply, await exportRefused(ctx, actorOf(request).workspaceId, request.params.id)),
  )
}
