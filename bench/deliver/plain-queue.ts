import { createPostgresBackend, isPgPool, Queue, Worker } from 'bullmq'
import pg from 'pg'
import { Agent, request } from 'undici'
import { payload } from './payload.ts'

// What one would write first: a job per delivery, and a worker that posts it.
const [, , port = '', total = '', endpoints = ''] = process.argv
const pool: unknown = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
  options: '-c search_path=bullmq',
})
if (!isPgPool(pool)) throw new Error('The job library does not take this pool.')
const agent = new Agent({ connections: 64, pipelining: 1 })
const queue = new Queue('bench', { connection: pool }, createPostgresBackend)
for (let start = 0; start < Number(total); start += 1000) {
  const jobs = Array.from({ length: Math.min(1000, Number(total) - start) }, (_, n) => ({
    name: 'deliver',
    data: { url: `http://127.0.0.1:${port}/${(start + n) % Number(endpoints)}`, body: payload },
    opts: { jobId: `${process.pid}-${start + n}`, removeOnComplete: true },
  }))
  await queue.addBulk(jobs)
}
const worker = new Worker(
  'bench',
  async ({ data }) => {
    const { body, statusCode } = await request(data.url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: data.body,
    })
    await body.dump()
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`)
  },
  { connection: pool, concurrency: 64 },
  createPostgresBackend,
)
worker.on('error', (error) => console.error(error))
console.log('ready')
process.once('SIGTERM', () => process.exit(0))
