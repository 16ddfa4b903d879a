import { describe, expect, it } from 'vitest'
import { type WeeklySchedule, weekdays, workspaceId } from '../../../contract/index.ts'
import type { DailyLimit } from '../../connectors/index.ts'
import { forecastEnd, paceOf } from './forecast.ts'
import type { ListRow } from './list.ts'

const from = new Date('2026-03-02T12:00:00Z')
const inHours = (hours: number) => new Date(from.getTime() + hours * 3_600_000)

function everyDay(opens: string, closes: string): WeeklySchedule {
  return Object.fromEntries(weekdays.map((day) => [day, [[opens, closes]]]))
}

function listOpen(schedule: WeeklySchedule): ListRow {
  return {
    id: 'lst_1',
    workspace_id: workspaceId.parse(`wsp_${'0'.repeat(32)}`),
    hub_id: 'hub_1',
    hub_name: 'Orders',
    number_id: 'num_1',
    name: 'Orders',
    state: 'running',
    version: 1,
    file_name: null,
    file_key: null,
    columns: [],
    match: null,
    suggested_match: null,
    checked_match: null,
    template_id: null,
    starts_at: null,
    import_progress: 1,
    rows_read: 0,
    rows_refused: 0,
    expanded_to: null,
    expanded_at: null,
    import_error: null,
    pause_reason: null,
    waits_reason: null,
    waits_until: null,
    stop_reason: null,
    stop_until: null,
    rate_per_second: 0,
    rate_at: null,
    weight: 1,
    auto_resume: false,
    pause_until: null,
    resumed_despite: null,
    created_at: from,
    started_at: from,
    finished_at: null,
    campaign_id: 'cmp_1',
    hub_enabled: true,
    hub_deleted: false,
    hub_schedule: null,
    hub_template_id: null,
    campaign_schedule: schedule,
    campaign_exceptions: [],
    time_zone: 'UTC',
    template_status: 'APPROVED',
    number_name: 'Shop',
    number_connected: true,
    quality_rating: 'GREEN',
    restriction: null,
    restricted_until: null,
    daily_limit_frees_at: null,
    pace_per_second: 80,
  }
}

const always = listOpen(everyDay('00:00', '24:00'))
const end = (list: ListRow, count: number, limit: DailyLimit | null, perSecond = 1, newPeople = count) =>
  forecastEnd(list, { count, perSecond, from, limit, newPeople })
const none: DailyLimit['frees'] = []

describe('the forecast of a list', () => {
  it('is count by pace where nothing stands in the way', () => {
    expect(end(always, 7_200, null)).toEqual(inHours(2))
    expect(end(always, 7_200, { total: 10_000, used: 0, frees: none })).toEqual(inHours(2))
  })

  it('goes on at the next opening', () => {
    expect(end(listOpen(everyDay('00:00', '13:00')), 7_200, null)).toEqual(inHours(13))
  })

  it('waits for places that fall free', () => {
    const frees = [
      { until: inHours(5), people: 100 },
      { until: inHours(9), people: 900 },
    ]
    const full = { total: 1_000, used: 1_000, frees }
    expect(end(always, 100, full, 100)).toEqual(new Date(inHours(5).getTime() + 1_000))
    expect(end(always, 1_000, full, 100)).toEqual(new Date(inHours(9).getTime() + 9_000))
  })

  it('takes its own places again only a day later', () => {
    const fresh = { total: 1_000, used: 0, frees: none }
    expect(end(always, 1_000, fresh, 1_000)).toEqual(new Date(from.getTime() + 1_000))
    expect(end(always, 2_500, fresh, 1_000)?.getTime()).toBeCloseTo(inHours(48).getTime() + 2_500, -1)
  })

  it('waits for the opening after a place has fallen free at night', () => {
    const list = listOpen(everyDay('09:00', '18:00'))
    const full = { total: 10, used: 10, frees: [{ until: inHours(10), people: 10 }] }
    expect(end(list, 10, full, 10)).toEqual(new Date(inHours(21).getTime() + 1_000))
  })

  it('is not in sight where no place ever falls free, or only after half a year', () => {
    expect(end(always, 1, { total: 0, used: 0, frees: none })).toBeNull()
    expect(end(always, 1_000_000, { total: 250, used: 0, frees: none })).toBeNull()
    expect(end(always, 1, null, 0)).toBeNull()
  })

  it('reaches over a hundred days at the limit', () => {
    const list = listOpen(everyDay('09:00', '18:00'))
    const atTheLimit = end(list, 25_000, { total: 250, used: 0, frees: none })
    expect(atTheLimit?.getTime()).toBeGreaterThan(inHours(24 * 98).getTime())
    expect(atTheLimit?.getTime()).toBeLessThan(inHours(24 * 101).getTime())
  })

  it('knows that only new people take places', () => {
    const fresh = { total: 1_000, used: 0, frees: none }
    expect(end(always, 2_500, fresh, 1_000, 0)).toEqual(new Date(from.getTime() + 2_500))
    expect(end(always, 2_500, fresh, 1_000, 1_000)).toEqual(new Date(from.getTime() + 2_500))
    expect(end(always, 2_500, fresh, 1_000, 2_000)?.getTime()).toBeCloseTo(inHours(24).getTime() + 2_500, -1)
  })
})

it('a list goes on when the stop of its number ends, and a scheduled one at its time', () => {
  const stopped = { ...always, state: 'running' as const, stop_until: inHours(1) }
  expect(paceOf(stopped, from)).toEqual({ perSecond: 80, from: inHours(1) })
  expect(paceOf(stopped, inHours(2)).from).toEqual(inHours(2))
  expect(paceOf({ ...always, state: 'scheduled', starts_at: inHours(3) }, from).from).toEqual(inHours(3))
})
