import { Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconBook2, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../platform/page/person-avatar.tsx'
import { useMe } from '../../workspaces/me.ts'
import { useSignOut } from '../../workspaces/use-sign-out.ts'
import classes from './side-navigation.module.css'

const schemes = [
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
  { scheme: 'auto', icon: IconDeviceDesktop },
] as const

/** Who is signed in; light or dark, the API's documents, sign out. */
export function PersonMenu({ isNarrow = false }: { isNarrow?: boolean }) {
  const { t } = useTranslation('shell')
  const { person, workspace, installation } = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  return (
    <Menu position="top-start" width={230}>
      <Menu.Target>
        <UnstyledButton className={classes.menuButton} aria-label={t('person.menu', { name: person.name })}>
          <PersonAvatar name={person.name} size={28} />
          {!isNarrow && (
            <span className={classes.menuText}>
              <Text size="sm" fw={560} truncate lh={1.3}>
                {person.name}
              </Text>
              <Text size="xs" c="dimmed" truncate lh={1.3}>
                {t(`role.${workspace.role}`)}
              </Text>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        {schemes.map(({ scheme, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} />}
            fw={colorScheme === scheme ? 650 : undefined}
            aria-current={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href="/api/docs" target="_blank" leftSection={<IconBook2 size={16} />}>
          {t('person.api')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t('person.signOut')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Parley {installation.version}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
