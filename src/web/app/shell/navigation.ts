import {
  IconAddressBook,
  IconBrandWhatsapp,
  IconInbox,
  IconSend,
  IconSettings,
  IconTemplate,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { Role } from '../../../contract/index.ts'
import type { Texts } from '../../platform/i18n/texts.ts'

export type NavigationKey = keyof Texts['shell']['navigation']

/** A page inside a workspace, as the router knows it. */
export type WorkspacePath = Extract<LinkProps['to'], `/w/$workspace${string}`>

export interface NavigationPage {
  key: NavigationKey
  to: WorkspacePath
  /** The least role that may open it; everybody when left out. */
  least?: Role
}
export interface NavigationItem extends NavigationPage {
  icon: TablerIcon
  /** In the bottom bar of a phone; all others stand behind "More". */
  onPhone?: true
  pages?: NavigationPage[]
}

/** The menu, in its order. The search finds all of it, by these names and by the words under `search.words`. */
export const navigation: NavigationItem[] = [
  { key: 'inbox', to: '/w/$workspace/inbox', icon: IconInbox, onPhone: true },
  {
    key: 'contacts',
    to: '/w/$workspace/contacts',
    icon: IconAddressBook,
    onPhone: true,
    pages: [
      { key: 'contacts', to: '/w/$workspace/contacts' },
      { key: 'optOuts', to: '/w/$workspace/contacts/opt-outs' },
    ],
  },
  {
    key: 'hubs',
    to: '/w/$workspace/hubs',
    icon: IconSend,
    least: 'supervisor',
    onPhone: true,
    pages: [
      { key: 'hubs', to: '/w/$workspace/hubs' },
      { key: 'lists', to: '/w/$workspace/hubs/lists' },
      { key: 'campaigns', to: '/w/$workspace/hubs/campaigns' },
      { key: 'unsettled', to: '/w/$workspace/hubs/unsettled' },
    ],
  },
  { key: 'templates', to: '/w/$workspace/templates', icon: IconTemplate },
  {
    key: 'numbers',
    to: '/w/$workspace/numbers',
    icon: IconBrandWhatsapp,
    pages: [
      { key: 'connectors', to: '/w/$workspace/numbers' },
      { key: 'lanes', to: '/w/$workspace/numbers/lanes', least: 'admin' },
      { key: 'errorCodes', to: '/w/$workspace/numbers/error-codes' },
    ],
  },
  {
    key: 'events',
    to: '/w/$workspace/events/webhooks',
    icon: IconWebhook,
    least: 'supervisor',
    pages: [
      { key: 'webhooks', to: '/w/$workspace/events/webhooks' },
      { key: 'deliveries', to: '/w/$workspace/events/deliveries' },
      { key: 'eventTypes', to: '/w/$workspace/events/types' },
      { key: 'inboundLog', to: '/w/$workspace/events/inbound', least: 'admin' },
    ],
  },
  {
    key: 'settings',
    to: '/w/$workspace/settings/workspace',
    icon: IconSettings,
    pages: [
      { key: 'workspace', to: '/w/$workspace/settings/workspace' },
      { key: 'members', to: '/w/$workspace/settings/members' },
      { key: 'apiKeys', to: '/w/$workspace/settings/api-keys', least: 'admin' },
      { key: 'consent', to: '/w/$workspace/settings/consent' },
      { key: 'sessions', to: '/w/$workspace/settings/sessions' },
      { key: 'auditLog', to: '/w/$workspace/settings/audit-log', least: 'admin' },
    ],
  },
]
