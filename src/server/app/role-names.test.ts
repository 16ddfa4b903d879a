import { describe, expect, it } from 'vitest'
import { readRoles } from './role-names.ts'

describe('--roles', () => {
  it.each([
    ['all', ['web', 'worker', 'sandbox']],
    ['web', ['web']],
    [' worker , web,worker', ['worker', 'web']],
  ])('%j means %j', (text, roles) => {
    expect(readRoles(text)).toEqual(roles)
  })

  it('names the word that is no role', () => {
    expect(() => readRoles('web,sender')).toThrow('There is no role "sender".')
  })
})
