import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../contract/index.ts'
import { useMe } from '../workspaces/me.ts'

const roles = ['agent', 'supervisor', 'admin', 'owner'] as const satisfies readonly Role[]

interface RoleSelectProps {
  /** Seen, or only read out when there is no room for it. */
  label: string
  isLabelHidden?: boolean
  value: Role
  onChange: (role: Role) => void
}

/** A role with what it may do; nobody gives more than they have. */
export function RoleSelect({ label, isLabelHidden = false, value, onChange }: RoleSelectProps) {
  const { t } = useTranslation(['settings', 'shell'])
  const own = roles.indexOf(useMe().workspace.role)
  return (
    <Select
      {...(isLabelHidden ? { 'aria-label': label } : { label, description: t(`role.${value}`) })}
      data={roles.map((role, rank) => ({
        value: role,
        label: t(`shell:role.${role}`),
        disabled: rank > own,
      }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => {
        const role = roles.find((one) => one === chosen)
        if (role) onChange(role)
      }}
    />
  )
}
