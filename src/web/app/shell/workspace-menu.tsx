import { Menu, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../workspaces/me.ts'
import classes from './side-navigation.module.css'

/** Which workspace this is, and the way to the person's others. */
export function WorkspaceMenu({ isNarrow = false }: { isNarrow?: boolean }) {
  const { t } = useTranslation('shell')
  const { workspace, workspaces } = useMe()
  const navigate = useNavigate()
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton
          className={classes.menuButton}
          aria-label={t('workspace.switch', { name: workspace.name })}
        >
          <Mark name={workspace.name} />
          {!isNarrow && (
            <>
              <Text className={classes.menuText} fw={620} lineClamp={2} lh={1.25} title={workspace.name}>
                {workspace.name}
              </Text>
              <IconSelector size={15} aria-hidden />
            </>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('workspace.yours')}</Menu.Label>
        {workspaces.map((one) => (
          <Menu.Item
            key={one.workspace_id}
            leftSection={<Mark name={one.name} />}
            rightSection={
              one.slug === workspace.slug && <IconCheck size={16} aria-label={t('workspace.current')} />
            }
            onClick={() => void navigate({ to: '/w/$workspace', params: { workspace: one.slug } })}
          >
            <Text truncate>{one.name}</Text>
            <Text size="xs" c="dimmed">
              {t(`role.${one.role}`)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Mark({ name }: { name: string }) {
  return (
    <span className={classes.mark} aria-hidden>
      {name.slice(0, 1).toLocaleUpperCase()}
    </span>
  )
}
