import { z } from 'zod'
import { eventId, numberId, workspaceId } from './ids.ts'

/** A time in customers' payloads: UTC with `Z`, whole seconds (`2026-05-07T10:00:00Z`). */
const second = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
/** Every payload has these. */
export const common = { id: eventId, workspace_id: workspaceId, timestamp: second }
/** The number it is about. */
export const instance = { instance_id: numberId, instance_name: z.string() }
