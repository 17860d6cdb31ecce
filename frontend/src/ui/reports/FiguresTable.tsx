import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { useAmounts } from '../../lib/contributions'
import { formatNumber } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { useTargetGroups } from '../../lib/targetGroups'
import { Amount, Table } from '../Table'
import styles from './Reports.module.css'

type Sums = Schemas['FiguresPublic']

/** What a row of a table is, and its values by year; `null` is all years together. */
interface Line {
  name: string
  values: Map<number | null, ReactNode>
}

/** What was reported, added up by year and over all years. */
export function FiguresTable({ sums }: { sums: Sums }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const amountOf = useAmounts()
  const figures = lines(
    sums.figures,
    (one) =>
      [t(enumLabels.FigureKind[one.what]), one.target_group && groups.name(one.target_group)]
        .filter(Boolean)
        .join(': '),
    (one) => formatNumber(one.amount),
  )
  const given = lines(
    sums.contributions,
    (one) => t(enumLabels.PartyContributionKind[one.kind]),
    (one) => amountOf(one.kind === 'money' ? { cents: one.cents } : { hours: one.hours }),
  )
  const years = [...new Set([...sums.figures, ...sums.contributions].flatMap((one) => one.year ?? []))].sort()
  return (
    <>
      <Years caption={t`Activities in figures`} years={years} of={figures} />
      <Years caption={t`What was put in`} years={years} of={given} />
    </>
  )
}

function lines<T extends { year: number | null }>(
  of: T[],
  nameOf: (one: T) => string,
  amountOf: (one: T) => ReactNode,
): Line[] {
  const found = new Map<string, Line>()
  for (const one of of) {
    const name = nameOf(one)
    const line = found.get(name) ?? { name, values: new Map() }
    line.values.set(one.year, amountOf(one))
    found.set(name, line)
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}

function Years({ caption, years, of }: { caption: string; years: number[]; of: Line[] }) {
  const { t } = useLingui()
  if (of.length === 0) return null
  const columns: [string, number | null][] = years.map((year) => [String(year), year])
  if (years.length > 1) columns.push([t`All years`, null])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many years scroll sideways, by the keyboard too
    <section className={styles.wide} aria-label={caption} tabIndex={0}>
      <Table caption={caption} amounts={columns.length} heads={[t`What`, ...columns.map(([name]) => name)]}>
        {of.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            {columns.map(([name, year]) => (
              <Amount key={name}>{line.values.get(year)}</Amount>
            ))}
          </tr>
        ))}
      </Table>
    </section>
  )
}
