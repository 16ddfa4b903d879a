import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import './issue-words.ts'

const person = z.strictObject({
  name: z.string().min(1).max(5),
  age: z.int().min(18),
  role: z.enum(['owner', 'agent']),
  tags: z.array(z.string()).min(2).max(3),
  mail: z.email(),
  at: z.iso.datetime(),
  pet: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('cat') }),
    z.object({ kind: z.literal('dog') }),
  ]),
})

function words(input: unknown): Record<string, string> {
  const { error } = person.safeParse(input)
  return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]))
}

describe('what is wrong with a value', () => {
  it('says which fields are missing', () => {
    expect(words({})).toEqual({
      name: 'This is missing.',
      age: 'This is missing.',
      role: 'This is missing.',
      tags: 'This is missing.',
      mail: 'This is missing.',
      at: 'This is missing.',
      pet: 'This is missing.',
    })
  })

  it('says what a value must be', () => {
    const wrong = { name: 5, age: 'x', role: 'boss', tags: {}, mail: 'x', at: 'noon', pet: { kind: 'cow' } }
    expect(words(wrong)).toEqual({
      name: 'Must be a text.',
      age: 'Must be a number.',
      role: 'Must be one of: owner, agent.',
      tags: 'Must be a list.',
      mail: 'Must be an e-mail address, such as name@example.com.',
      at: 'Must be a time in ISO form, such as 2026-05-14T13:48:54Z.',
      'pet.kind': 'Must be one of: cat, dog.',
    })
  })

  it('says how long or how large a value may be', () => {
    const fine = { role: 'owner', mail: 'a@example.com', at: '2026-05-14T13:48:54Z', pet: { kind: 'cat' } }
    expect(words({ ...fine, name: '', age: 17, tags: ['a'] })).toEqual({
      name: 'Must not be empty.',
      age: 'Must be at least 18.',
      tags: 'Must have at least 2 entries.',
    })
    expect(words({ ...fine, name: 'longer', age: 18.5, tags: ['a', 'b', 'c', 'd'] })).toEqual({
      name: 'Must have at most 5 characters.',
      age: 'Must be a whole number.',
      tags: 'Must have at most 3 entries.',
    })
  })

  it('leaves words that a schema has of its own', () => {
    expect(z.string().min(3, 'Three at least.').safeParse('a').error?.issues[0]?.message).toBe(
      'Three at least.',
    )
  })
})
