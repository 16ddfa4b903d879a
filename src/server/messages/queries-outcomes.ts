import { sql } from 'kysely'
import type { ListId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { MessageState } from './message.ts'
import type { AttemptOutcome } from './record-outcomes.ts'
import { notSentCode } from './state-codes.ts'

export interface RecordedOutcome {
  workspace_id: WorkspaceId
  message_id: MessageId
  number_id: NumberId
  list_id: ListId | null
  external_id: string | null
  state: MessageState
}

/**
 * Attempts and messages of a batch in one statement. Not fenced by the epoch: an answer is true whoever brings it. What
 * a status has settled meanwhile stays. Returns the messages that changed.
 */
export async function updateAttempted(
  db: Db,
  outcomes: readonly AttemptOutcome[],
): Promise<RecordedOutcome[]> {
  // In the order of ids, as everywhere where several messages are written at once.
  const sorted = outcomes.toSorted((a, b) => (a.message_id < b.message_id ? -1 : 1))
  const column = <Key extends keyof AttemptOutcome>(key: Key) => sorted.map((outcome) => outcome[key])
  const errors = sorted.map(({ error }) => (error === null ? null : JSON.stringify(error)))
  const { rows } = await sql<RecordedOutcome>`
    with told as (
      select * from unnest(${column('workspace_id')}::text[], ${column('message_id')}::text[],
        ${column('attempt')}::int[], ${column('outcome')}::text[], ${column('http_status')}::int[],
        ${column('external_id')}::text[], ${errors}::jsonb[], ${column('retry_in_ms')}::float8[])
        as t(workspace_id, id, attempt, outcome, http_status, external_id, error, retry_in_ms)
    ),
    attempts as (
      update message_attempts a
      set outcome = t.outcome, ended_at = clock_timestamp(), http_status = t.http_status,
          error_code = t.error ->> 'code'
      from told t
      where a.workspace_id = t.workspace_id and a.message_id = t.id and a.n = t.attempt
        and (a.outcome is null or a.outcome = 'unknown')
    ),
    changed as (
      update messages m
      set state = case t.outcome
            when 'accepted' then 'accepted' when 'refused' then 'rejected' when 'unknown' then 'unknown' else 'queued' end,
          external_id = coalesce(m.external_id, t.external_id),
          error = t.error,
          error_code = t.error ->> 'code',
          next_at = case when t.retry_in_ms is null then m.next_at
            else now() + t.retry_in_ms * interval '1 millisecond' end,
          unknown_since = case when t.outcome = 'unknown' then coalesce(m.unknown_since, now()) else m.unknown_since end,
          resolution = case when t.outcome in ('accepted', 'refused') then 'answer' else m.resolution end
      from told t
      where m.workspace_id = t.workspace_id and m.id = t.id and m.attempt = t.attempt
        and (m.state = any (case t.outcome
          when 'unknown' then array['intent']
          when 'accepted' then array['intent', 'unknown', 'held', 'expired']
          when 'refused' then array['intent', 'unknown', 'held', 'expired']
          else array['intent', 'unknown'] end)
          -- A person thought that it had not gone; the provider knows better, however late it says so.
          or (t.outcome = 'accepted' and m.state = 'cancelled' and m.error_code = ${notSentCode}))
      returning m.workspace_id, m.id, m.number_id, m.list_id, m.external_id, m.state,
        m.external_id = t.external_id as is_named
    ),
    named as (
      insert into outbound_external_ids (workspace_id, number_id, external_id, message_id)
      select workspace_id, number_id, external_id, id from changed where is_named
    )
    select workspace_id, id as message_id, number_id, list_id, external_id, state from changed`.execute(db)
  return rows
}
