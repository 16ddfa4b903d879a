import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { describeApi } from './describe-api.ts'
import { projectDir } from './project-files.ts'

it('docs/openapi.json is what the contract says now; write it with: npm run parley -- openapi', async () => {
  const written: unknown = JSON.parse(await readFile(`${projectDir}docs/openapi.json`, 'utf8'))
  expect(JSON.parse(JSON.stringify(await describeApi()))).toEqual(written)
})

it('every route has a name of its own and says what it does', async () => {
  const operation = z.object({ operationId: z.string(), summary: z.string().min(1) })
  const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) })
  const { paths } = document.parse(await describeApi())
  const names = Object.values(paths).flatMap((one) => Object.values(one).map((each) => each.operationId))
  expect(new Set(names).size).toBe(names.length)
})
