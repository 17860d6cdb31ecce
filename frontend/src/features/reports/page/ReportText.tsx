import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { useAmounts } from '../../../lib/contributions'
import { formatNumber } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { language } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { Part, Prose, Quiet } from '../../../ui/Quoted'
import { Amount, Table } from '../../../ui/Table'
import { SECTIONS, type TextSection } from '../components/labels'
import styles from '../components/Reports.module.css'
import { type Content, monthName } from '../components/report'
import { rowsOf, sumOf } from '../editor/draft'

/** What a report says, section by section; those that are empty are left out. `as`: the level of their headings. */
export function ReportText({
  content,
  lang: written,
  as = 'h3',
}: {
  content: Content
  lang: string
  as?: 'h2' | 'h3'
}) {
  const { t } = useLingui()
  const lang = written === language() ? undefined : written
  const text = (part: TextSection) =>
    content[part] && (
      <Part title={t(SECTIONS[part])} as={as} lang={lang}>
        <Prose>{content[part]}</Prose>
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

function Figures({ of }: { of: Schemas['ReportFigure'][] }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  return (
    <Table amounts={1} heads={[t`What is counted`, t`In the whole year`]}>
      {rowsOf(of).map((row) => (
        <tr key={row.key}>
          <td>
            {t(enumLabels.FigureKind[row.what])}: {row.target_group ? groups.name(row.target_group) : t`Everybody`}
            {row.monthly && (
              <Quiet>
                {row.months
                  .flatMap((amount, at) => (amount === null ? [] : [`${monthName(at + 1)} ${formatNumber(amount)}`]))
                  .join(', ')}
              </Quiet>
            )}
          </td>
          <Amount>{formatNumber(sumOf(row) ?? 0)}</Amount>
        </tr>
      ))}
    </Table>
  )
}

function Contributions({ of, lang }: { of: Schemas['PartyContribution'][]; lang?: string }) {
  const { t } = useLingui()
  const amountOf = useAmounts()
  return (
    <Table amounts={1} heads={[t`What it is`, t`How much`]}>
      {of.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two contributions may be alike
        <tr key={place}>
          <td>
            {t(enumLabels.PartyContributionKind[one.kind])}
            {one.description && (
              <>
                : <span lang={lang}>{one.description}</span>
              </>
            )}
            {one.budget_line && (
              <Quiet>
                {t`Budget line`}: {one.budget_line}
              </Quiet>
            )}
          </td>
          <Amount>{amountOf(one)}</Amount>
        </tr>
      ))}
    </Table>
  )
}
