import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const server = new URL('../../', import.meta.url)

it('T53 no statement is put together from text: values are parameters, names come from the code', () => {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('test'),
  )
  expect(files.length).toBeGreaterThan(500)
  const raw = files.filter((name) => /\bsql\.raw\b/.test(readFileSync(new URL(name, server), 'utf8')))
  expect(raw).toEqual([])
})
