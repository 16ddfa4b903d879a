import { z } from 'zod'

/** Topics of `GET /live`: each message names what changed, so that a page can read it again. */
export const liveTopics = [
  'conversation',
  'message',
  'list',
  'template',
  'connector',
  'inbound_log',
  'delivery',
  'endpoint',
  'notice',
  'contact',
  'contact_import',
] as const
export const liveChange = z.object({ topic: z.enum(liveTopics), ids: z.array(z.string()) })
export type LiveTopic = (typeof liveTopics)[number]
export type LiveChange = z.infer<typeof liveChange>
