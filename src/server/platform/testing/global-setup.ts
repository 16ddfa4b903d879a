import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts'
import { migrateDatabase } from '../db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    parleyDatabaseHost: string
  }
}

/** Nothing here must survive a crash, so the run doesn't wait for the disk. */
const hastySettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
}

/** One PostgreSQL for the whole run; its migrated database is the template that each test file clones. */
export default async function startTestDatabase(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const server = await startEmbeddedPostgres({ dataDir, onNotice: () => undefined, settings: hastySettings })
  const stop = async () => {
    await server.stop()
    await rm(server.homeDir, { recursive: true, force: true })
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await migrateDatabase(server.target, join(import.meta.dirname, '../../../../migrations'))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('parleyDatabaseHost', server.target.host ?? '')
  return stop
}
