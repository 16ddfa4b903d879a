import { z } from 'zod'

/** The closed list of error codes of the API. A client may switch over it; a new code is a change of the contract. */
export const errorCodes = [
  'validation_failed',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'too_many_requests',
  'payload_too_large',
  'unsupported_media_type',
  'internal',
  'unavailable',
  'setup_already_done',
  'setup_link_invalid',
  'sign_in_failed',
  'origin_refused',
  'signature_mismatch',
  'verify_token_mismatch',
  'connector_check_failed',
  'number_already_connected',
  'provider_unreachable',
  'provider_refused',
  'connector_disconnected',
  'window_closed',
  'recipient_opted_out',
  'template_not_approved',
  'template_not_enabled',
  'template_parameters_wrong',
  'idempotency_key_reused',
  'idempotency_key_in_use',
  'message_state_wrong',
  'hub_basic_is_fixed',
  'hub_has_active_lists',
  'hub_disabled',
  'schedule_outside_campaign',
  'campaign_in_use',
  'list_state_wrong',
  'list_match_incomplete',
  'list_has_no_recipients',
  'file_unreadable',
  'import_state_wrong',
  'destination_refused',
  'endpoint_disabled',
  'cursor_expired',
  'slug_taken',
  'email_taken',
  'last_owner',
] as const

export const errorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCode>

/** Every answer that isn't 2xx has this body. `message` is for people; `details` names fields, states or provider codes. */
export const errorBody = z.object({
  error: z.object({
    code: errorCode,
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    request_id: z.string().optional(),
  }),
})
export type ErrorBody = z.infer<typeof errorBody>
