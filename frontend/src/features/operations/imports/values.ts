import { isLanguage } from '../../../lib/language'

/** A value of a row before or after, as people read it: entries a line, names without their language where all agree. */
export function valueText(value: unknown, say: (value: string | number | boolean) => string = String): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return lines(value.map((one) => valueText(one, say)))
  if (typeof value !== 'object') return say(value as string | number | boolean)
  const entries = Object.entries(value)
    .map(([key, one]) => [key, valueText(one, say)] as const)
    .filter(([key, text]) => key !== '' && text !== '')
  const texts = [...new Set(entries.map(([, text]) => text))]
  if (texts.length === 1 && entries.every(([key]) => isLanguage(key))) return texts[0] ?? ''
  return lines(entries.map(([key, text]) => `${key}: ${text}`))
}

const lines = (texts: string[]) => texts.filter((one) => one !== '').join('\n')

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const ODS = 'application/vnd.oasis.opendocument.spreadsheet'

/** The type that a file is sent as, by its name: browsers on Windows call a CSV file Excel's. */
export function sentAs(name: string): string {
  const ending = name.toLowerCase().split('.').at(-1)
  return ending === 'xlsx' ? XLSX : ending === 'ods' ? ODS : 'text/csv'
}
