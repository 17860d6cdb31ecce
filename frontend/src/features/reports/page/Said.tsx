import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Heading } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { formatMoney, formatNumber } from '../../../lib/format'
import { figureKind, partyContributionKind } from '../../../lib/kinds'
import { language } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { rowsOf, sumOf } from '../editor/draft'
import styles from '../parts/Reports.module.css'
import { type Content, monthName } from '../parts/report'
import { SECTIONS, type TextSection } from '../parts/words'

/** What a report says, section by section; those that are empty are left out. `as`: the level of their headings. */
export function Said({ content, lang: written, as = 'h3' }: { content: Content; lang: string; as?: 'h2' | 'h3' }) {
  const { t } = useLingui()
  const lang = written === language() ? undefined : written
  const text = (part: TextSection) =>
    content[part] && (
      <Part title={t(SECTIONS[part])} as={as} lang={lang}>
        <p className={styles.text}>{content[part]}</p>
      </Part>
    )
  const figures = content.figures ?? []
  const contributions = content.contributions ?? []
  const stories = content.stories ?? []
  if (Object.values(content).every((one) => one === null || one === undefined))
    return (
      <p>
        <Trans>Nothing has been written yet.</Trans>
      </p>
    )
  return (
    <>
      {text('activities')}
      {figures.length > 0 && (
        <Part title={t(SECTIONS.figures)} as={as}>
          <Figures of={figures} />
        </Part>
      )}
      {contributions.length > 0 && (
        <Part title={t(SECTIONS.contributions)} as={as}>
          <Contributions of={contributions} lang={lang} />
        </Part>
      )}
      {stories.length > 0 && (
        <Part title={t(SECTIONS.stories)} as={as} lang={lang}>
          {stories.map((one) => (
            <blockquote key={one} className={styles.story}>
              {one}
            </blockquote>
          ))}
        </Part>
      )}
      {text('problems')}
      {text('plans')}
    </>
  )
}

function Part({ title, as, lang, children }: { title: string; as: 'h2' | 'h3'; lang?: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <Heading variant="h3" as={as}>
        {title}
      </Heading>
      <div lang={lang}>{children}</div>
    </section>
  )
}

function Table({ heads, children }: { heads: [string, string]; children: ReactNode }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{heads[0]}</th>
          <th scope="col" className={styles.amount}>
            {heads[1]}
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Figures({ of }: { of: Schemas['ReportFigure'][] }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  return (
    <Table heads={[t`What is counted`, t`In the whole year`]}>
      {rowsOf(of).map((row) => (
        <tr key={row.key}>
          <td>
            {t(figureKind[row.what])}: {row.target_group ? groups.name(row.target_group) : t`Everybody`}
            {row.monthly && (
              <span className={styles.quiet}>
                {row.months
                  .flatMap((amount, at) => (amount === null ? [] : [`${monthName(at + 1)} ${formatNumber(amount)}`]))
                  .join(', ')}
              </span>
            )}
          </td>
          <td className={styles.amount}>{formatNumber(sumOf(row) ?? 0)}</td>
        </tr>
      ))}
    </Table>
  )
}

function Contributions({ of, lang }: { of: Schemas['PartyContribution'][]; lang?: string }) {
  const { t } = useLingui()
  return (
    <Table heads={[t`What it is`, t`How much`]}>
      {of.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two contributions may be alike
        <tr key={place}>
          <td>
            {t(partyContributionKind[one.kind])}
            {one.description && (
              <>
                : <span lang={lang}>{one.description}</span>
              </>
            )}
            {one.budget_line && (
              <span className={styles.quiet}>
                {t`Budget line`}: {one.budget_line}
              </span>
            )}
          </td>
          <td className={styles.amount}>
            {one.cents != null
              ? formatMoney(one.cents)
              : one.hours != null
                ? t`${formatNumber(one.hours)} hours`
                : null}
          </td>
        </tr>
      ))}
    </Table>
  )
}
