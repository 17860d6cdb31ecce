import type { Schemas } from '../../../api/client'
import { formatMonth } from '../../../lib/format'
import { dayOf } from '../../../lib/today'

export type Day = Schemas['DeadlinePublic']

/** When a day is: what is late, this week, the next one, and then month by month. */
export type When = 'late' | 'this_week' | 'next_week' | 'month'

export interface DayGroup {
  key: string
  when: When
  /** The month's name, where it is one. */
  month: string
  days: Day[]
}

const DAY_MS = 86_400_000

/** Days in their order, put together by late, week and month. Weeks begin on Mondays. */
export function byTime(days: Day[], now: Date): DayGroup[] {
  const weekday = (new Date(`${dayOf(now)}T12:00:00Z`).getUTCDay() + 6) % 7
  const after = (count: number) => dayOf(new Date(now.getTime() + count * DAY_MS))
  const [sunday, nextSunday] = [after(6 - weekday), after(13 - weekday)]
  const groups = new Map<string, DayGroup>()
  for (const one of days) {
    const when = whenOf(one, sunday, nextSunday)
    const key = when === 'month' ? one.due_on.slice(0, 7) : when
    const group = groups.get(key) ?? { key, when, month: when === 'month' ? formatMonth(one.due_on) : '', days: [] }
    group.days.push(one)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => Number(b.when === 'late') - Number(a.when === 'late'))
}

function whenOf(one: Day, sunday: string, nextSunday: string): When {
  if (one.is_late) return 'late'
  if (one.due_on <= sunday) return 'this_week'
  return one.due_on <= nextSunday ? 'next_week' : 'month'
}
