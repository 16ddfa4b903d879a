import { type Role, roles } from '../../contract/index.ts'

/** Whether `role` may do what `least` may. */
export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}

/** Nobody hands out, takes away or changes a role above their own. */
export function mayManageRole(own: Role, other: Role): boolean {
  return isAtLeast(own, 'admin') && isAtLeast(own, other)
}
