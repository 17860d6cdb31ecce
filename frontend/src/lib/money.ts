import { formatEuros } from './format'

const WHOLE = String.raw`(\d{1,3}(?: \d{3})+|\d+)`
const BLANKS = /[\s\u00a0\u2007\u2009\u202f]+/g
const UNIT = /^(?:€|eur\b)\s*|\s*(?:€|eur|euro|euros|euroa|e)\.?$/gi
const NO_CENTS = /[,.:][-–—−]{1,2}$/
const PLAIN = new RegExp(`^${WHOLE}(?:[.,](\\d{1,2}))?$`)
const TWO_READINGS = new RegExp(`^${WHOLE}[.,](\\d{3})$`)
const GROUPED = /^(?:(\d{1,3}(?:\.\d{3})+),(\d{1,2})|(\d{1,3}(?:,\d{3})+)\.(\d{1,2}))$/
const ONLY_GROUPS = /^\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})$/
const GROUPS = /^\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)$/

const digits = (text: string) => text.replace(/\D/g, '')
const cents = (whole = '', part = '') => {
  const found = Number(digits(whole)) * 100 + Number(part.padEnd(2, '0'))
  return Number.isSafeInteger(found) ? found : null
}

function plain(typed: string): { text: string; noCents: boolean } {
  const text = typed.replace(BLANKS, ' ').trim().replace(UNIT, '').trim()
  return { text: text.replace(NO_CENTS, '').trim(), noCents: NO_CENTS.test(text) }
}

/** Cents from what a person typed (`1 234,50`, `1.250,00 €`), or null where it is no sum or has two readings. */
export function readMoney(typed: string): number | null {
  const { text, noCents } = plain(typed)
  if (ONLY_GROUPS.test(text) || (noCents && GROUPS.test(text))) return cents(text)
  const [, first, part, other, otherPart] = GROUPED.exec(text) ?? []
  if (first ?? other) return cents(first ?? other, part ?? otherPart)
  const [, whole, rest] = PLAIN.exec(text) ?? []
  return whole === undefined || (noCents && rest) ? null : cents(whole, rest)
}

/** Both readings of a sum such as `12.500`, twelve euros and a half or thousands, as money; else null. */
export function bothReadings(typed: string): [string, string] | null {
  const { text, noCents } = plain(typed)
  const [, whole, part] = TWO_READINGS.exec(text) ?? []
  if (noCents || !whole || !part) return null
  return [formatEuros(Number(`${digits(whole)}.${part}`)), formatEuros(Number(digits(whole) + part))]
}
