import { z } from 'zod'

/**
 * Public ids: a prefix that names the kind, an underscore and 32 hex digits that sort by time of creation.
 * Each kind is its own branded type, so a ContactId can't be passed where a WorkspaceId is asked for.
 */
export const idPrefixes = {
  workspace: 'wsp',
  person: 'per',
  invitation: 'inv',
  api_key: 'key',
  audit_entry: 'aud',
  connector: 'con',
  number: 'num',
  template: 'tpl',
  contact: 'ctc',
  conversation: 'cnv',
  message: 'msg',
  media: 'med',
  inbound_log: 'inl',
  inbound_replay: 'inr',
  campaign: 'cmp',
  hub: 'hub',
  list: 'lst',
  recipient: 'rcp',
  event: 'evt',
  endpoint: 'whe',
  delivery: 'whd',
  replay: 'whr',
  notice: 'ntc',
  account_change: 'acc',
  template_change: 'tch',
  consent_change: 'cns',
  contact_change: 'cch',
  contact_import: 'cim',
  erasure: 'ers',
} as const

export type IdKind = keyof typeof idPrefixes
export type IdPrefix = (typeof idPrefixes)[IdKind]

/** A prefixed id of one kind, as a schema: refuses ids of other kinds with a sentence. */
function idOf<Brand extends string>(kind: IdKind) {
  const prefix = idPrefixes[kind]
  return z
    .string()
    .regex(
      new RegExp(`^${prefix}_[0-9a-f]{32}$`),
      `Must be the id of a ${kind.replace('_', ' ')} (${prefix}_…).`,
    )
    .brand<Brand>()
}

export const workspaceId = idOf<'WorkspaceId'>('workspace')
export const personId = idOf<'PersonId'>('person')
export const invitationId = idOf<'InvitationId'>('invitation')
export const apiKeyId = idOf<'ApiKeyId'>('api_key')
export const connectorId = idOf<'ConnectorId'>('connector')
export const numberId = idOf<'NumberId'>('number')
export const templateId = idOf<'TemplateId'>('template')
export const contactId = idOf<'ContactId'>('contact')
export const conversationId = idOf<'ConversationId'>('conversation')
export const messageId = idOf<'MessageId'>('message')
export const mediaId = idOf<'MediaId'>('media')
export const inboundLogId = idOf<'InboundLogId'>('inbound_log')
export const inboundReplayId = idOf<'InboundReplayId'>('inbound_replay')
export const campaignId = idOf<'CampaignId'>('campaign')
export const hubId = idOf<'HubId'>('hub')
export const listId = idOf<'ListId'>('list')
export const recipientId = idOf<'RecipientId'>('recipient')
export const eventId = idOf<'EventId'>('event')
export const endpointId = idOf<'EndpointId'>('endpoint')
export const deliveryId = idOf<'DeliveryId'>('delivery')
export const replayId = idOf<'ReplayId'>('replay')
export const noticeId = idOf<'NoticeId'>('notice')
export const accountChangeId = idOf<'AccountChangeId'>('account_change')
export const templateChangeId = idOf<'TemplateChangeId'>('template_change')
export const consentChangeId = idOf<'ConsentChangeId'>('consent_change')
export const contactChangeId = idOf<'ContactChangeId'>('contact_change')
export const contactImportId = idOf<'ContactImportId'>('contact_import')
export const erasureId = idOf<'ErasureId'>('erasure')

export type WorkspaceId = z.infer<typeof workspaceId>
export type PersonId = z.infer<typeof personId>
export type InvitationId = z.infer<typeof invitationId>
export type ApiKeyId = z.infer<typeof apiKeyId>
export type ConnectorId = z.infer<typeof connectorId>
export type NumberId = z.infer<typeof numberId>
export type TemplateId = z.infer<typeof templateId>
export type ContactId = z.infer<typeof contactId>
export type ConversationId = z.infer<typeof conversationId>
export type MessageId = z.infer<typeof messageId>
export type MediaId = z.infer<typeof mediaId>
export type InboundLogId = z.infer<typeof inboundLogId>
export type InboundReplayId = z.infer<typeof inboundReplayId>
export type CampaignId = z.infer<typeof campaignId>
export type HubId = z.infer<typeof hubId>
export type ListId = z.infer<typeof listId>
export type RecipientId = z.infer<typeof recipientId>
export type EventId = z.infer<typeof eventId>
export type EndpointId = z.infer<typeof endpointId>
export type DeliveryId = z.infer<typeof deliveryId>
export type ReplayId = z.infer<typeof replayId>
export type NoticeId = z.infer<typeof noticeId>
export type ContactImportId = z.infer<typeof contactImportId>
export type ErasureId = z.infer<typeof erasureId>
