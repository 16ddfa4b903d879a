import type { Command } from 'commander'
import { readConfig, startDatabase } from '../../platform/index.ts'

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version; starting the hub does it too')
    .action(async () => {
      const database = await startDatabase(readConfig(), (notice) => console.error(notice))
      const { applied } = database.migrations
      console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
      await database.stop()
    })
}
