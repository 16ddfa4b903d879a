import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { describeApi } from '../describe-api.ts'
import { projectDir } from '../project-files.ts'

export function addOpenApiCommand(program: Command): void {
  program
    .command('openapi')
    .description('write the OpenAPI document to docs/openapi.json')
    .action(async () => {
      await writeFile(`${projectDir}docs/openapi.json`, `${JSON.stringify(await describeApi(), null, 2)}\n`)
      console.log('Wrote docs/openapi.json')
    })
}
