import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts'

// A hub's database in a process of its own, to be killed by a test: says where it listens, or why it doesn't.
const dataDir = process.argv[2] ?? ''
try {
  const { target, processId } = await startEmbeddedPostgres({ dataDir, onNotice: () => undefined })
  process.send?.({ target, processId: processId() })
} catch (error) {
  process.send?.({ refusal: error instanceof Error ? error.message : String(error) })
}
setInterval(() => undefined, 60_000)
