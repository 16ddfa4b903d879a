import type campaigns from './en/campaigns.json'
import type connectors from './en/connectors.json'
import type contacts from './en/contacts.json'
import type errors from './en/errors.json'
import type hubs from './en/hubs.json'
import type inbox from './en/inbox.json'
import type intake from './en/intake.json'
import type messages from './en/messages.json'
import type notices from './en/notices.json'
import type sending from './en/sending.json'
import type settings from './en/settings.json'
import type shell from './en/shell.json'
import type states from './en/states.json'
import type templates from './en/templates.json'
import type webhooks from './en/webhooks.json'
import type workspaces from './en/workspaces.json'

/** One namespace per room; English is complete and gives the keys their types. */
export interface Texts {
  campaigns: typeof campaigns
  connectors: typeof connectors
  contacts: typeof contacts
  errors: typeof errors
  hubs: typeof hubs
  inbox: typeof inbox
  intake: typeof intake
  messages: typeof messages
  sending: typeof sending
  notices: typeof notices
  settings: typeof settings
  shell: typeof shell
  states: typeof states
  templates: typeof templates
  webhooks: typeof webhooks
  workspaces: typeof workspaces
}
export type Namespace = keyof Texts

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: Texts
    returnNull: false
  }
}
