import { today } from '../../../lib/today'

/** The day so many months after another; the last of its month where that one is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** What ends on this day or before ends soon. */
export const soon = () => monthsAfter(today(), 6)

export const thisYear = () => Number(today().slice(0, 4))

/** The years that one can choose: some that have been, and some to come. */
export const yearOptions = () =>
  Array.from({ length: 16 }, (_, place) => String(thisYear() - 5 + place)).map((year) => ({ value: year, label: year }))
