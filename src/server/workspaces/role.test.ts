import { describe, expect, it } from 'vitest'
import { isAtLeast, mayManageRole } from './role.ts'

describe('roles', () => {
  it('include what lower roles may do', () => {
    expect(isAtLeast('owner', 'agent')).toBe(true)
    expect(isAtLeast('supervisor', 'supervisor')).toBe(true)
    expect(isAtLeast('agent', 'supervisor')).toBe(false)
  })

  it('are handed out by admins and owners, never above their own', () => {
    expect(mayManageRole('admin', 'admin')).toBe(true)
    expect(mayManageRole('admin', 'owner')).toBe(false)
    expect(mayManageRole('owner', 'owner')).toBe(true)
    expect(mayManageRole('supervisor', 'agent')).toBe(false)
  })
})
