import { newKey, type Schemas } from '../../../api/client'
import type { Content } from '../parts/report'
import type { TextSection } from '../parts/words'

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
export type ContributionRow = {
  key: string
  kind: Schemas['PartyContributionKind']
  cents: number | null
  hours: number | null
  budget_line: string
  description: string
}
export type StoryRow = { key: string; text: string }

/** The report while it is written. */
export interface Draft extends Record<TextSection, string> {
  figures: FigureRow[]
  contributions: ContributionRow[]
  stories: StoryRow[]
}

export type Part = keyof Draft

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
    contributions: (content.contributions ?? []).map((one) => ({
      key: newKey(),
      kind: one.kind,
      cents: one.cents ?? null,
      hours: one.hours ?? null,
      budget_line: one.budget_line ?? '',
      description: one.description ?? '',
    })),
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

const text = (typed: string) => typed.trim() || null
const list = <T>(all: T[]) => (all.length > 0 ? all : null)

/** Each section as the API takes it. */
function sent(draft: Draft): Required<Content> {
  return {
    activities: text(draft.activities),
    figures: list(draft.figures.flatMap(figuresOf)),
    contributions: list(
      draft.contributions.map(({ key, ...one }) => ({
        ...one,
        cents: one.kind === 'money' ? one.cents : null,
        hours: one.kind === 'money' ? null : one.hours,
        budget_line: text(one.budget_line),
        description: text(one.description),
      })),
    ),
    stories: list(draft.stories.flatMap((one) => text(one.text) ?? [])),
    problems: text(draft.problems),
    plans: text(draft.plans),
  }
}

function differing(one: Draft, other: Draft): Part[] {
  const [before, now] = [sent(one), sent(other)]
  return (Object.keys(now) as Part[]).filter((part) => JSON.stringify(before[part]) !== JSON.stringify(now[part]))
}

/** The sections that changed, as the API takes them: what is left out stays. */
export function updateOf(base: Draft, draft: Draft): Content {
  const now = sent(draft)
  return Object.fromEntries(differing(base, draft).map((part) => [part, now[part]]))
}

/**
 * Mine and what somebody else saved meanwhile, section by section: theirs where I changed nothing, else mine.
 * `clashes`: what both changed, each in their own way.
 */
export function merged(base: Draft, mine: Draft, theirs: Draft): { draft: Draft; clashes: Part[] } {
  const changed = differing(base, mine)
  const unlike = differing(mine, theirs)
  const clashes = differing(base, theirs).filter((part) => changed.includes(part) && unlike.includes(part))
  const kept = Object.fromEntries(changed.map((part) => [part, mine[part]]))
  return { draft: { ...theirs, ...kept }, clashes }
}
