import { z } from 'zod'

const probability = z.number().min(0).max(1)
const durationMs = z.number().min(0).max(2_147_000_000)

/** Every switch of the emulator, changed at any moment with `PATCH /_control/settings`. */
const settingsSchema = z.strictObject({
  /** Which statuses follow an accepted message. */
  statuses: z.enum(['all', 'sent', 'none']),
  sent_after_ms: durationMs,
  delivered_after_ms: durationMs,
  read_after_ms: durationMs,
  /** Share by which each of the three delays varies: 0.2 is ±20 %. */
  delay_jitter: probability,
  read_probability: probability,
  missing_delivered_probability: probability,
  duplicate_probability: probability,
  disorder_probability: probability,
  disorder_by_ms: durationMs,
  late_probability: probability,
  late_by_ms: durationMs,

  /** Updates per callback at most; what waits while callbacks are in flight goes together. */
  batch_size: z.int().min(1).max(1000),
  /** Holds updates back to fill batches. */
  batch_wait_ms: durationMs,
  callback_concurrency: z.int().min(1).max(256),
  callback_timeout_ms: durationMs,
  callback_retry_first_ms: durationMs,
  callback_retry_max_ms: durationMs,
  callback_retry_for_ms: z.number().min(0),

  answer_latency_ms: durationMs,
  answer_jitter_ms: durationMs,
  /** Accepted, but the connection is cut before the answer. */
  lost_answer_probability: probability,
  /** Accepted, but the answer comes only after `hang_ms`. */
  hang_probability: probability,
  hang_ms: durationMs,
  /** The connection is cut before anything was accepted. */
  reset_probability: probability,
  /** HTTP 500 with nothing accepted. */
  refuse_probability: probability,
  /** HTTP 429 with Retry-After and nothing accepted. */
  throttle_probability: probability,
  retry_after_seconds: z.int().min(0),

  enforce_throughput: z.boolean(),
  enforce_pair_limit: z.boolean(),
  enforce_messaging_limit: z.boolean(),
  enforce_window: z.boolean(),
  normalize_wa_ids: z.boolean(),
  user_ids: z.boolean(),
  /** Whether the last digits of a recipient choose an outcome. */
  magic_recipients: z.boolean(),
  template_review_ms: durationMs,

  /** Gupshup waits some 5 s before it tells anything. */
  gupshup_callback_delay_ms: durationMs,
  gupshup_callback_timeout_ms: durationMs,
  /** Statuses name WhatsApp's id alone, as they do a week after the send. */
  gupshup_omit_gs_id: z.boolean(),

  /** How many sent bodies are kept for threads and the ledger; older entries keep only their facts. */
  bodies_kept: z.int().min(0),
})

export type Settings = z.infer<typeof settingsSchema>

export const settingsPatchSchema = settingsSchema.partial()

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  statuses: 'all',
  sent_after_ms: 50,
  delivered_after_ms: 150,
  read_after_ms: 400,
  delay_jitter: 0.2,
  read_probability: 1,
  missing_delivered_probability: 0,
  duplicate_probability: 0,
  disorder_probability: 0,
  disorder_by_ms: 1000,
  late_probability: 0,
  late_by_ms: 10_000,
  batch_size: 20,
  batch_wait_ms: 0,
  callback_concurrency: 16,
  callback_timeout_ms: 20_000,
  callback_retry_first_ms: 100,
  callback_retry_max_ms: 2_000,
  callback_retry_for_ms: 7 * 24 * 3_600_000,
  answer_latency_ms: 0,
  answer_jitter_ms: 0,
  lost_answer_probability: 0,
  hang_probability: 0,
  hang_ms: 60_000,
  reset_probability: 0,
  refuse_probability: 0,
  throttle_probability: 0,
  retry_after_seconds: 1,
  enforce_throughput: true,
  enforce_pair_limit: true,
  enforce_messaging_limit: true,
  enforce_window: true,
  normalize_wa_ids: true,
  user_ids: true,
  magic_recipients: true,
  template_review_ms: 1_500,
  gupshup_callback_delay_ms: 0,
  gupshup_callback_timeout_ms: 10_000,
  gupshup_omit_gs_id: false,
  bodies_kept: 20_000,
}
