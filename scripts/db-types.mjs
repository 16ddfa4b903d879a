// Writes src/server/platform/db/schema.ts from a freshly migrated database; with --check only says whether it differs.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register } from 'tsx/esm/api'
import { rootDir } from './lib/paths.mjs'

const schemaFile = join(rootDir, 'src/server/platform/db/schema.ts')
const isCheck = process.argv.includes('--check')

register()
const { startEmbeddedPostgres } = await import('../src/server/platform/db/embedded/embedded-postgres.ts')
const { migrateDatabase } = await import('../src/server/platform/db/migrate.ts')

const dataDir = mkdtempSync(join(tmpdir(), 'parley-types-'))
const server = await startEmbeddedPostgres({ dataDir, onNotice: () => undefined, settings: { fsync: 'off' } })
try {
  await migrateDatabase(server.target, join(rootDir, 'migrations'))
  const generated = generate(server.target)
  if (generated === readFileSync(schemaFile, 'utf8')) console.log('The row types match the migrations.')
  else if (isCheck)
    fail('src/server/platform/db/schema.ts differs from the migrations. Run: npm run db:types')
  else {
    writeFileSync(schemaFile, generated)
    console.log('src/server/platform/db/schema.ts is written.')
  }
} finally {
  await server.stop()
  rmSync(server.homeDir, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

function generate({ host, user, database }) {
  const outFile = join(dataDir, 'schema.ts')
  const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`
  const args = ['--dialect=postgres', `--url=${url}`, `--out-file=${outFile}`, '--default-schema=public']
  // The driver is set to give bigint as number; sums and counts would be text otherwise.
  const mapping = ['--type-mapping', JSON.stringify({ int8: 'number' }), '--include-pattern=public.*']
  const codegen = join(rootDir, 'node_modules/kysely-codegen/dist/cli/bin.js')
  const result = spawnSync(process.execPath, [codegen, ...args, ...mapping], { encoding: 'utf8' })
  if (result.status !== 0) fail(`kysely-codegen failed: ${result.stderr || result.stdout}`)
  return readFileSync(outFile, 'utf8')
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
  return ''
}
