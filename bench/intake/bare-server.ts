import { createServer } from 'node:http'
import { connectorId, inboundLogId, workspaceId } from '../../src/contract/index.ts'
import { GroupCommit } from '../../src/server/intake/group-commit.ts'
import { insertRaw } from '../../src/server/intake/queries-raw.ts'
import type { RawWebhook } from '../../src/server/intake/raw-webhook.ts'
import { createContext, createLog, readConfig, startDatabase } from '../../src/server/platform/index.ts'
import { verifyMetaSignature } from '../../src/server/providers/index.ts'

// The ceiling: the HTTP server of Node, the signature, and the hub's own insert. Nothing else: no routing, no look-up
// of the connector, no limits, no metrics. The rows are those of the hub, with all that the table checks.
const [, , appSecret = '', workspace = '', connector = ''] = process.argv
const owner = { workspaceId: workspaceId.parse(workspace), connectorId: connectorId.parse(connector) }
const headers = JSON.stringify({
  'content-type': 'application/json',
  'user-agent': 'facebookexternalua',
  'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
})
const config = readConfig()
const database = await startDatabase(config, () => undefined)
const { ctx } = await createContext({ config, target: database.target, log: createLog({ level: 'warn' }) })
const group = new GroupCommit<RawWebhook>({
  commit: (webhooks) => insertRaw(ctx.db.intake, webhooks),
  isOneItemsFault: () => false,
  batchSizeMax: 500,
  batchBytesMax: 16 * 1024 * 1024,
  batchesInFlightMax: 2,
  waitingMax: Number.POSITIVE_INFINITY,
  waitingBytesMax: Number.POSITIVE_INFINITY,
})

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const isValid = verifyMetaSignature(body, request.headers['x-hub-signature-256'], [appSecret])
    const answer = (status: number) => response.writeHead(status, { 'content-length': 0 }).end()
    if (!isValid) return answer(401)
    const id = inboundLogId.parse(ctx.random.id('inl'))
    group.add({ ...owner, id, source: 'meta', partition: 0, body, headers }, body.length).then(
      () => answer(200),
      () => answer(503),
    )
  })
})
server.listen(config.port, '127.0.0.1', () => console.log('The bare server is running.'))
