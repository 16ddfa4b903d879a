import { describe, expect, it } from 'vitest'
import { cutByOwner } from './shared-body.ts'

const change = (owner: string, n = 0) => ({ field: 'messages', value: { owner, n } })
const entry = (id: string, ...changes: unknown[]) => ({ id, time: 1, changes })
const body = (...entries: unknown[]) => Buffer.from(JSON.stringify({ object: 'whatsapp', entry: entries }))

/** By what stands in the only change of a part. */
function ownerOf(part: Buffer): string | null {
  const owner = /"owner":"(\w+)"/.exec(part.toString())?.[1] ?? 'nobody'
  return owner === 'nobody' ? null : owner
}

function cut(whole: Buffer): unknown[] | null {
  return cutByOwner(whole, ownerOf)?.map((part) => JSON.parse(part.toString())) ?? null
}

describe('a body of several owners', () => {
  it('is cut so that each has its own changes, in their entries and in their order', () => {
    const whole = body(
      entry('1', change('ana', 1), change('ben', 2), change('ana', 3)),
      entry('2', change('ben', 4), change('nobody', 5)),
      'no entry',
      entry('3'),
    )
    const parts = [
      [entry('1', change('ana', 1), change('ana', 3))],
      [entry('1', change('ben', 2)), entry('2', change('ben', 4))],
      [entry('2', change('nobody', 5)), 'no entry', entry('3')],
    ]
    expect(cut(whole)).toEqual(parts.map((entries) => ({ object: 'whatsapp', entry: entries })))
  })

  it('keeps every digit of its ids', () => {
    const text = '{"entry":[{"id":"1","changes":[{"owner":"ana","id":12345678901234567890}]}]}'
    expect(cutByOwner(Buffer.from(text), ownerOf)?.map(String)).toEqual([text])
  })

  it('is cut even where somebody nested 10,000 lists', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
    const whole = body(entry('1', change('ana', 1), { deep: 'HERE' }))
    expect(cut(Buffer.from(whole.toString().replace('"HERE"', deep)))).toHaveLength(2)
  })

  it.each(['', 'no json', '[]', 'null', '{}', '{"entry":{}}'])('%j is none', (text) => {
    expect(cut(Buffer.from(text))).toBeNull()
  })
})
