import { z } from 'zod'
import { campaignId, numberId, templateId } from './ids.ts'
import { instant } from './paging.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const weekday = z.enum(weekdays)
export type Weekday = z.infer<typeof weekday>

const time = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/, 'Write a time from 00:00 to 24:00.')
/** From, to: `["09:00","18:00"]`; a range may end at `24:00`. */
export const timeRange = z
  .tuple([time, time])
  .refine(([from, to]) => from < to, 'A range must end after it begins.')
export type TimeRange = z.infer<typeof timeRange>

const dayRanges = z
  .array(timeRange)
  .max(24)
  .refine(
    (ranges) =>
      ranges
        .toSorted((a, b) => a[0].localeCompare(b[0]))
        .every((range, i, all) => i === 0 || (all[i - 1]?.[1] ?? '') <= range[0]),
    'Ranges of a day must not overlap.',
  )

/** A day that is left out is closed. */
export const weeklySchedule = z.partialRecord(weekday, dayRanges)
export type WeeklySchedule = z.infer<typeof weeklySchedule>
/** A date with its own ranges; none closes the day. */
export const scheduleException = z.strictObject({ date: z.iso.date(), ranges: dayRanges })
export type ScheduleException = z.infer<typeof scheduleException>

const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}, 'Write a time zone as in America/Montevideo.')

export const createCampaign = z.strictObject({
  name: z.string().trim().min(1).max(120),
  number_id: numberId,
  time_zone: timeZone,
  schedule: weeklySchedule,
  exceptions: z.array(scheduleException).max(366).default([]),
  template_ids: z.array(templateId).max(1000).default([]),
})
export type CreateCampaign = z.infer<typeof createCampaign>
export const updateCampaign = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  time_zone: timeZone.optional(),
  schedule: weeklySchedule.optional(),
  exceptions: z.array(scheduleException).max(366).optional(),
  template_ids: z.array(templateId).max(1000).optional(),
})
export type UpdateCampaign = z.infer<typeof updateCampaign>

export const campaign = z.object({
  id: campaignId,
  name: z.string(),
  number_id: numberId,
  time_zone: z.string(),
  schedule: weeklySchedule,
  exceptions: z.array(scheduleException),
  template_ids: z.array(templateId),
  created_at: instant,
  updated_at: instant,
})
export type Campaign = z.infer<typeof campaign>
