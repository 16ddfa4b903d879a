import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { describeApi } from './describe-api.ts'
import { projectDir } from './project-files.ts'

it('docs/openapi.json is what the contract says now; write it with: npm run parley -- openapi', async () => {
  const written: unknown = JSON.parse(await readFile(`${projectDir}docs/openapi.json`, 'utf8'))
  expect(JSON.parse(JSON.stringify(await describeApi()))).toEqual(written)
})
