import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconChecks,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconEye,
  IconEyeOff,
  IconFileImport,
  IconHelpCircle,
  IconInbox,
  IconLoader2,
  IconPencil,
  IconPlayerPause,
  IconPlugConnectedX,
  IconSend,
  IconTrash,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import type {
  ConnectorCheck,
  ConnectorStatus,
  ContactImportState,
  ConversationState,
  DeliveryState,
  InboundFact,
  ListState,
  MessageStatus,
  QualityRating,
  RecipientState,
  TemplateStatus,
  Verdict,
} from '../../../contract/index.ts'

/** One colour per kind of state, everywhere: grey waits, blue is under way, teal arrived, violet was read, red failed, amber is held or skipped. */
export type Tone = 'grey' | 'blue' | 'teal' | 'violet' | 'red' | 'amber'

/** Every state that any table of the contract knows. */
export type State =
  | MessageStatus
  | ListState
  | ContactImportState
  | RecipientState
  | TemplateStatus
  | ConnectorStatus
  | ConversationState
  | Verdict
  | DeliveryState
  | QualityRating
  | ConnectorCheck['verdict']
  | InboundFact['outcome']
  | 'enabled'
  | 'disabled'

interface Look {
  tone: Tone
  icon: TablerIcon
}
const look = (tone: Tone, icon: TablerIcon): Look => ({ tone, icon })

export const stateLooks: Record<State, Look> = {
  // messages and recipients
  received: look('grey', IconInbox),
  queued: look('grey', IconClock),
  waiting: look('grey', IconClock),
  sending: look('blue', IconLoader2),
  accepted: look('blue', IconCheck),
  sent: look('blue', IconCheck),
  delivered: look('teal', IconChecks),
  read: look('violet', IconEye),
  failed: look('red', IconX),
  unknown: look('amber', IconHelpCircle),
  held: look('amber', IconPlayerPause),
  skipped: look('amber', IconEyeOff),
  cancelled: look('grey', IconBan),
  expired: look('red', IconClock),
  problem: look('red', IconAlertTriangle),
  // lists
  importing: look('blue', IconFileImport),
  checking: look('blue', IconFileImport),
  draft: look('grey', IconPencil),
  ready: look('teal', IconCircleCheck),
  scheduled: look('grey', IconClock),
  running: look('blue', IconSend),
  paused: look('amber', IconPlayerPause),
  finished: look('teal', IconCircleCheck),
  // templates
  DRAFT: look('grey', IconPencil),
  PENDING: look('grey', IconClock),
  APPROVED: look('teal', IconCircleCheck),
  REJECTED: look('red', IconX),
  PAUSED: look('amber', IconPlayerPause),
  DISABLED: look('red', IconBan),
  IN_APPEAL: look('amber', IconClock),
  LIMIT_EXCEEDED: look('red', IconAlertTriangle),
  DELETED: look('grey', IconTrash),
  // connectors and numbers
  ACTIVE: look('teal', IconCircleCheck),
  DEGRADED: look('amber', IconAlertTriangle),
  DISCONNECTED: look('grey', IconPlugConnectedX),
  GREEN: look('teal', IconCircleCheck),
  YELLOW: look('amber', IconAlertTriangle),
  RED: look('red', IconAlertTriangle),
  UNKNOWN: look('grey', IconCircleDashed),
  healthy: look('teal', IconCircleCheck),
  degraded: look('amber', IconAlertTriangle),
  broken: look('red', IconX),
  enabled: look('teal', IconCircleCheck),
  disabled: look('grey', IconBan),
  // conversations
  open: look('teal', IconInbox),
  pending: look('grey', IconClock),
  closed: look('grey', IconCircleCheck),
  snoozed: look('amber', IconClock),
  // inbound log and deliveries
  processed: look('teal', IconCircleCheck),
  parked: look('amber', IconPlayerPause),
  refused: look('red', IconBan),
  unrouted: look('amber', IconHelpCircle),
  applied: look('teal', IconCheck),
  repeat: look('grey', IconChecks),
  kept: look('grey', IconCircleDashed),
}
