import { z } from 'zod'
import { noticeId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

/**
 * What people should know of without having looked for it. `critical`: something does not work until somebody acts;
 * `warning`: it soon may not; `info`: good to know. `standing`: open until the cause is gone, and shown as a flag
 * there. `fades`: nobody tells an end, so it is shown for a month.
 */
export const noticeKinds = {
  account_violation: { severity: 'warning', standing: true, subject: 'connector', fades: true },
  account_restricted: { severity: 'critical', standing: true, subject: 'connector' },
  account_features_restricted: { severity: 'warning', standing: true, subject: 'connector' },
  account_disabled: { severity: 'critical', standing: true, subject: 'connector' },
  account_ban_scheduled: { severity: 'critical', standing: true, subject: 'connector' },
  account_disconnected: { severity: 'critical', standing: true, subject: 'connector' },
  account_review_rejected: { severity: 'critical', standing: true, subject: 'connector' },
  account_reinstated: { severity: 'info', standing: false, subject: 'connector' },
  account_alert: { severity: 'warning', standing: true, subject: 'connector', fades: true },
  provider_error: { severity: 'warning', standing: false, subject: 'connector' },
  flow_trouble: { severity: 'warning', standing: true, subject: 'connector' },
  number_quality_fell: { severity: 'warning', standing: true, subject: 'number' },
  number_quality_red: { severity: 'critical', standing: true, subject: 'number' },
  number_limit_raised: { severity: 'info', standing: false, subject: 'number' },
  number_limit_lowered: { severity: 'warning', standing: false, subject: 'number' },
  number_name_approved: { severity: 'info', standing: false, subject: 'number' },
  number_name_rejected: { severity: 'warning', standing: true, subject: 'number' },
  number_pin_changed: { severity: 'warning', standing: false, subject: 'number' },
  number_pin_reset_asked: { severity: 'critical', standing: false, subject: 'number' },
  template_approved: { severity: 'info', standing: false, subject: 'template' },
  template_rejected: { severity: 'warning', standing: true, subject: 'template' },
  template_paused: { severity: 'warning', standing: true, subject: 'template' },
  template_disabled: { severity: 'critical', standing: true, subject: 'template' },
  template_flagged: { severity: 'warning', standing: true, subject: 'template' },
  template_category_coming: { severity: 'warning', standing: true, subject: 'template' },
  template_category_changed: { severity: 'info', standing: false, subject: 'template' },
  template_quality_red: { severity: 'warning', standing: true, subject: 'template' },
  list_paused: { severity: 'warning', standing: true, subject: 'list' },
  list_start_missed: { severity: 'warning', standing: true, subject: 'list' },
  endpoint_failing: { severity: 'warning', standing: true, subject: 'endpoint' },
  endpoint_disabled: { severity: 'critical', standing: true, subject: 'endpoint' },
  webhooks_parked: { severity: 'warning', standing: true, subject: 'workspace' },
} as const satisfies Record<
  string,
  {
    severity: 'info' | 'warning' | 'critical'
    standing: boolean
    subject: 'connector' | 'number' | 'template' | 'list' | 'endpoint' | 'workspace'
    fades?: true
  }
>
export type NoticeKind = keyof typeof noticeKinds
const kindNames = Object.keys(noticeKinds).filter((name): name is NoticeKind => name in noticeKinds)
export const noticeKind = z.enum(kindNames)

export const noticeSeverity = z.enum(['info', 'warning', 'critical'])
export type NoticeSeverity = z.infer<typeof noticeSeverity>

/** The words are the reader's: made of `kind` and `params`, in their language. */
export const notice = z.object({
  id: noticeId,
  kind: noticeKind,
  severity: noticeSeverity,
  /** What it is about, and under which id; empty for the workspace as a whole. */
  subject: z.enum(['connector', 'number', 'template', 'list', 'endpoint', 'workspace']),
  subject_id: z.string(),
  subject_name: z.string(),
  params: z.record(z.string(), z.unknown()),
  created_at: instant,
  /** When it ends by itself. */
  until: instant.nullable(),
  /** The cause is gone, since then; null while it stands, and for news that have no end. */
  resolved_at: instant.nullable(),
  /** Whether whoever asks has seen it. */
  read: z.boolean(),
})
export type Notice = z.infer<typeof notice>
export const noticeQuery = pageQuery.extend({ unread: z.enum(['true', 'false']).optional() })
export type NoticeQuery = z.infer<typeof noticeQuery>
export const noticeCount = z.object({ unread: z.number().int(), critical: z.boolean() })
export type NoticeCount = z.infer<typeof noticeCount>

/** A condition that stands, shown where its cause lies. */
export const flag = z.object({
  kind: noticeKind,
  severity: noticeSeverity,
  subject_id: z.string(),
  /** Tells several of a kind and a subject apart, such as the flows of an account; empty where there is one. */
  aspect: z.string(),
  params: z.record(z.string(), z.unknown()),
  since: instant,
  /** When it ends by itself. */
  until: instant.nullable(),
})
export type Flag = z.infer<typeof flag>
