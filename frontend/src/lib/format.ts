import { language } from './language'

const LOCALES = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat>(name: string, make: (locale: string) => T): T {
  const key = `${name}.${language()}`
  const known = made.get(key)
  if (known) return known as T
  const fresh = make(LOCALES[language()])
  made.set(key, fresh)
  return fresh
}

const TIME_ZONE = 'Europe/Helsinki'

/** A day of the API (`2026-03-31`) or a moment, as the language writes days. */
export function formatDay(value: string | null | undefined): string {
  if (!value) return ''
  const format = kept('day', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeZone: TIME_ZONE }))
  return format.format(new Date(value.length === 10 ? `${value}T12:00:00Z` : value))
}

/** The month of a day, as the language writes months. */
export function formatMonth(day: string): string {
  const format = kept(
    'month',
    (l) => new Intl.DateTimeFormat(l, { month: 'long', year: 'numeric', timeZone: TIME_ZONE }),
  )
  const written = format.format(new Date(`${day}T12:00:00Z`))
  return written.charAt(0).toUpperCase() + written.slice(1)
}

/** A moment with its time of day, in Finland. */
export function formatMoment(value: string | null | undefined): string {
  if (!value) return ''
  const format = kept(
    'moment',
    (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE }),
  )
  if (language() !== 'sv') return format.format(new Date(value))
  // the data of Intl leave out Swedish's word between the day and the time of day
  const time = kept('time', (l) => new Intl.DateTimeFormat(l, { timeStyle: 'short', timeZone: TIME_ZONE }))
  return `${formatDay(value)} kl. ${time.format(new Date(value))}`
}

/** The last moment before a deadline: a deadline at midnight ends with the day before. */
export const lastDay = (deadline: string) => new Date(new Date(deadline).getTime() - 1000).toISOString()

/** When something ends: a day where that is its end, at midnight in Finland, or else a moment. */
export function formatEnd(deadline: string | null | undefined): string {
  if (!deadline) return ''
  return typedMoment(deadline).time === '00.00' ? formatDay(lastDay(deadline)) : formatMoment(deadline)
}

/** Cents of euro as money; whole euros without decimals. */
export function formatMoney(cents: number | null | undefined): string {
  if (cents === null || cents === undefined) return ''
  const whole = cents % 100 === 0
  const format = kept(
    `money.${whole}`,
    (l) => new Intl.NumberFormat(l, { style: 'currency', currency: 'EUR', minimumFractionDigits: whole ? 0 : 2 }),
  )
  return format.format(cents / 100)
}

export const formatNumber = (value: number) => kept('number', (l) => new Intl.NumberFormat(l)).format(value)

/** Euros as money, with thousandths where there are any: for a sum that is still in question. */
export function formatEuros(euros: number): string {
  const least = Number.isInteger(euros) ? 0 : 2
  const format = kept(
    `euros.${least}`,
    (l) =>
      new Intl.NumberFormat(l, {
        style: 'currency',
        currency: 'EUR',
        minimumFractionDigits: least,
        maximumFractionDigits: 3,
      }),
  )
  return format.format(euros)
}

/** Cents as a person would type them. */
export function typedMoney(cents: number | null | undefined): string {
  if (cents === null || cents === undefined) return ''
  const separator = language() === 'en' ? '.' : ','
  const rest = cents % 100
  return `${Math.trunc(cents / 100)}${rest ? separator + String(rest).padStart(2, '0') : ''}`
}

/** A day of the API from what a person typed (`31.3.2027`, `31/3/2027`, `2027-03-31`), or null where it is no day. */
export function readDay(typed: string): string | null {
  const [, years, months, days] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed.trim()) ?? []
  const [, day = days, month = months, year = years] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(typed.trim()) ?? []
  if (!day || !month || !year) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : null
}

/** A day of the API as a person would type it. */
export function formatTyped(day: string | null | undefined): string {
  if (!day) return ''
  const [year, month, date] = day.slice(0, 10).split('-')
  return `${Number(date)}.${Number(month)}.${year}`
}

/** A day of every year (`03-31`) from what a person typed (`31.3.`), or null where no year has it. */
export function readYearDay(typed: string): string | null {
  const [, day, month] = /^(\d{1,2})[./](\d{1,2})\.?$/.exec(typed.trim()) ?? []
  return day && month ? (readDay(`${day}.${month}.2000`)?.slice(5) ?? null) : null
}

/** A day of every year as a person would type it. */
export function typedYearDay(day: string | null | undefined): string {
  return day ? formatTyped(`2000-${day}`).slice(0, -4) : ''
}

/** A day of every year in words. */
export function formatYearDay(day: string | null | undefined): string {
  if (!day) return ''
  const format = kept('yearDay', (l) => new Intl.DateTimeFormat(l, { day: 'numeric', month: 'long', timeZone: 'UTC' }))
  return format.format(new Date(`2000-${day}T12:00:00Z`))
}

/** The day and the time of day in Finland of a moment, as a person would type them: `2027-03-31`, `14.30`. */
export function typedMoment(value: string): { day: string; time: string } {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: TIME_ZONE })
  const [day = '', time = ''] = format.format(new Date(value)).split(' ')
  return { day, time: time.replace(':', '.') }
}

/** The moment of a day (`2027-03-31`) and a time of day in Finland (`14.30`, `14:30`, `14`); null where it is none. */
export function readMoment(day: string | null, time: string): string | null {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(time.trim()) ?? []
  if (!day || hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null
  const asUtc = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00Z`)
  const shown = typedMoment(asUtc.toISOString())
  const ahead = new Date(`${shown.day}T${shown.time.replace('.', ':')}:00Z`).getTime() - asUtc.getTime()
  return new Date(asUtc.getTime() - ahead).toISOString()
}
