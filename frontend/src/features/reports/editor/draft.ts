import { newKey, type Schemas } from '../../../api/client'
import { type ContributionRow, contributionRow, contributionSent } from '../../../lib/contributions'
import { listPayload, type Payload, partsOf, textPayload } from '../../../lib/drafts/payload'
import type { Writing as Shared } from '../../../ui/drafts/SharedForm'
import type { TextSection } from '../components/labels'
import type { Content } from '../components/report'

type FigureKind = Schemas['FigureKind']

/** A row while it is written. One row is one figure: of the whole year, or twelve months. */
export type FigureRow = {
  key: string
  what: FigureKind
  target_group: string
  monthly: boolean
  year: number | null
  months: (number | null)[]
}
export type StoryRow = { key: string; text: string }

/** The report while it is written. */
export interface Draft extends Record<TextSection, string> {
  figures: FigureRow[]
  contributions: ContributionRow[]
  stories: StoryRow[]
}

export type Part = keyof Draft
export type Writing = Shared<Draft>

export const MONTHS = Array.from({ length: 12 }, (_, place) => place + 1)

export const blankFigure = (): FigureRow => ({
  key: newKey(),
  what: 'visits',
  target_group: '',
  monthly: true,
  year: null,
  months: MONTHS.map(() => null),
})

export function draftOf(content: Content): Draft {
  return {
    activities: content.activities ?? '',
    figures: rowsOf(content.figures ?? []),
    contributions: (content.contributions ?? []).map((one) => contributionRow(newKey(), one)),
    stories: (content.stories ?? []).map((text) => ({ key: newKey(), text })),
    problems: content.problems ?? '',
    plans: content.plans ?? '',
  }
}

/** The figures of one kind and target group in one row. */
export function rowsOf(figures: Schemas['ReportFigure'][]): FigureRow[] {
  const found = new Map<string, FigureRow>()
  for (const { what, target_group, month, amount } of figures) {
    const name = `${what} ${target_group ?? ''}`
    const row = found.get(name) ?? { ...blankFigure(), what, target_group: target_group ?? '', monthly: month != null }
    if (month == null) row.year = amount
    else row.months[month - 1] = amount
    found.set(name, row)
  }
  return [...found.values()]
}

/** The sum of a row, or null where nothing stands in it. */
export function sumOf({ monthly, year, months }: FigureRow): number | null {
  if (!monthly) return year
  const given = months.filter((one) => one !== null)
  return given.length > 0 ? given.reduce((sum, one) => sum + one, 0) : null
}

function figuresOf(row: FigureRow): Schemas['ReportFigure'][] {
  const { what, monthly, year } = row
  const target_group = row.target_group || null
  if (!monthly) return year === null ? [] : [{ month: null, target_group, what, amount: year }]
  return MONTHS.flatMap((month) => {
    const amount = row.months[month - 1] ?? null
    return amount === null ? [] : [{ month, target_group, what, amount }]
  })
}

/** Each section as the API takes it. */
export const SENT = {
  activities: textPayload,
  figures: (rows: FigureRow[]) => listPayload(rows.flatMap(figuresOf)),
  contributions: (rows: ContributionRow[]) => listPayload(rows.map(contributionSent)),
  stories: (rows: StoryRow[]) => listPayload(rows.flatMap((one) => textPayload(one.text) ?? [])),
  problems: textPayload,
  plans: textPayload,
} satisfies Payload<Draft>

/** The named sections as the API takes them. */
export const updateOf = (draft: Draft, sections: Part[]): Content => partsOf(SENT, draft, sections)
