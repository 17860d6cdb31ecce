import type { Schemas } from '../../../api/client'

type Details = Pick<Schemas['ImportDetails'], 'sheet' | 'heading_row' | 'mapping' | 'reading'>

/** What somebody chose of how a file is read: its sheet, the row of its headings, and a field by heading ('': none). */
export interface Chosen {
  sheet: string
  headingRow: number | null
  fields: Record<string, string>
}

/** How the file was read. A heading that stands twice is one choice; a blank one is none. */
export function chosenOf(of: Details): Chosen {
  const columns = of.reading?.columns ?? []
  return {
    sheet: of.reading?.sheet ?? of.sheet ?? '',
    headingRow: of.reading?.heading_row ?? of.heading_row,
    fields: Object.fromEntries(
      columns.filter((one) => one.heading !== '').map((one) => [one.heading, one.field ?? '']),
    ),
  }
}

/** The headings in the file's order, each once: the names of an object would put one such as 2026 first. */
export const headingsOf = ({ reading }: Details): string[] => [
  ...new Set((reading?.columns ?? []).flatMap(({ heading }) => (heading === '' ? [] : [heading]))),
]

/** Whether the columns that are shown are those of another sheet or row than the chosen one. */
export function elsewhere(of: Details, chosen: Chosen): boolean {
  const read = chosenOf(of)
  return read.sheet !== chosen.sheet || read.headingRow !== chosen.headingRow
}

/** What to try the import with; null where nothing was chosen anew. Another sheet or row has other columns. */
export function tryOf(of: Details, chosen: Chosen): Schemas['ImportTry'] | null {
  const read = chosenOf(of)
  if (read.sheet !== chosen.sheet) return { sheet: chosen.sheet, heading_row: null, mapping: null }
  if (read.headingRow !== chosen.headingRow) return { heading_row: chosen.headingRow, mapping: null }
  const other = Object.entries(chosen.fields).filter(([heading, field]) => read.fields[heading] !== field)
  return other.length === 0 ? null : { mapping: { ...of.mapping, ...Object.fromEntries(other) } }
}

/** The field that a finding is about: findings name columns as the file does, or the field that has none. */
export function fieldOf(column: string, of: Details, fields: string[]): string | undefined {
  const found = of.reading?.columns.find((one) => one.heading === column)?.field
  return found ?? (fields.includes(column) ? column : undefined)
}
