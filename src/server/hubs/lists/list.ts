import type {
  ListMatch,
  ListState,
  ScheduleException,
  StopReason,
  WeeklySchedule,
  WorkspaceId,
} from '../../../contract/index.ts'
import { nextOpening, openUntil } from '../../campaigns/index.ts'

/** A list with what its hub, campaign and number say about it. */
export interface ListRow {
  id: string
  workspace_id: WorkspaceId
  hub_id: string
  hub_name: string
  number_id: string
  name: string
  state: ListState
  version: number
  file_name: string | null
  file_key: string | null
  columns: string[]
  match: ListMatch | null
  suggested_match: ListMatch | null
  checked_match: ListMatch | null
  template_id: string | null
  starts_at: Date | null
  import_progress: number
  rows_read: number
  rows_refused: number
  expanded_to: string | null
  expanded_at: Date | null
  import_error: string | null
  pause_reason: string | null
  waits_reason: string | null
  waits_until: Date | null
  /** Why its number stands still for the provider's sake, and until when. */
  stop_reason: StopReason | null
  stop_until: Date | null
  rate_per_second: number
  rate_at: Date | null
  weight: number
  /** Whether it may go on by itself when the cause of a pause has ended. */
  auto_resume: boolean
  pause_until: Date | null
  resumed_despite: string | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
  campaign_id: string
  hub_enabled: boolean
  hub_deleted: boolean
  hub_schedule: WeeklySchedule | null
  hub_template_id: string | null
  campaign_schedule: WeeklySchedule
  campaign_exceptions: ScheduleException[]
  time_zone: string
  /** Of the list's template, or the hub's. */
  template_status: string | null
  number_name: string
  number_connected: boolean
  quality_rating: string
  /** What the provider forbids the account just now, and until when if it said so. */
  restriction: 'restricted' | 'disabled' | null
  restricted_until: Date | null
  /** null: the daily limit has a place left. */
  daily_limit_frees_at: Date | null
  pace_per_second: number
}

export type ListAct = 'match' | 'correct' | 'start' | 'pause' | 'resume' | 'cancel' | 'retry' | 'delete'

/** From which states an act can be done. Edits end with the start: what is sent must be what was checked. */
const allowedFrom: Record<ListAct, readonly ListState[]> = {
  match: ['draft', 'ready'],
  correct: ['draft', 'ready'],
  start: ['ready'],
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  cancel: ['importing', 'draft', 'ready', 'scheduled', 'running', 'paused'],
  retry: ['running', 'paused', 'finished'],
  delete: ['draft', 'ready'],
}

/** States in which the act is done already: a second press of the button answers the list as it is. */
const doneIn: Partial<Record<ListAct, readonly ListState[]>> = {
  start: ['scheduled', 'running'],
  pause: ['paused'],
  resume: ['scheduled', 'running'],
  cancel: ['cancelled'],
}

export function judgeAct(act: ListAct, state: ListState): 'do' | 'done' | 'refuse' {
  if (allowedFrom[act].includes(state)) return 'do'
  return doneIn[act]?.includes(state) ? 'done' : 'refuse'
}

export type Gate = { open: true; sendsUntil: Date } | { open: false; reason: WaitReason; until: Date | null }
export type WaitReason =
  | 'hub_disabled'
  | 'number_disconnected'
  | 'template_not_approved'
  | 'outside_schedule'
  | 'daily_limit'

const gateMsMax = 3_600_000

/**
 * Whether a running list may send at this moment. A gate is open for at most an hour: should nobody be there to shut
 * it, the schedule still holds.
 */
export function gateOf(list: ListRow, now: Date): Gate {
  if (!list.hub_enabled || list.hub_deleted) return { open: false, reason: 'hub_disabled', until: null }
  if (!list.number_connected) return { open: false, reason: 'number_disconnected', until: null }
  // A template that is paused may come back: the list waits for it instead of losing its rows.
  if (list.template_status !== 'APPROVED')
    return { open: false, reason: 'template_not_approved', until: null }
  const end = listOpenUntil(list, now)
  if (!end) return { open: false, reason: 'outside_schedule', until: listNextOpening(list, now) }
  if (list.daily_limit_frees_at)
    return { open: false, reason: 'daily_limit', until: list.daily_limit_frees_at }
  return { open: true, sendsUntil: new Date(Math.min(end.getTime(), now.getTime() + gateMsMax)) }
}

/** Sending needs both open: the campaign's hours with their exceptions, and the hub's own ranges if it has some. */
export function listOpenUntil(list: ListRow, at: Date): Date | null {
  const ends = openingHours(list).map((hours) => openUntil(hours, at)?.getTime() ?? null)
  const open = ends.filter((end) => end !== null)
  return open.length < ends.length ? null : new Date(Math.min(...open))
}

const lookAheadMax = 1_000

export function listNextOpening(list: ListRow, at: Date): Date | null {
  let moment = at
  for (let step = 0; step < lookAheadMax; step++) {
    if (listOpenUntil(list, moment)) return moment
    const openings = openingHours(list).map((hours) => nextOpening(hours, moment))
    const latest = openings.reduce((a, b) => (a && b ? (a > b ? a : b) : null))
    if (!latest) return null
    if (latest > moment) moment = latest
  }
  return null
}

function openingHours(list: ListRow) {
  const campaign = {
    schedule: list.campaign_schedule,
    exceptions: list.campaign_exceptions,
    time_zone: list.time_zone,
  }
  if (!list.hub_schedule) return [campaign]
  return [campaign, { schedule: list.hub_schedule, exceptions: [], time_zone: list.time_zone }]
}
