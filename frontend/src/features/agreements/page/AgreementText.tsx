import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { formatDay, formatYearDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { language } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { useFilters } from '../../../lib/urlState'
import { Filters } from '../../../ui/Filters'
import { ChooseField } from '../../../ui/inputs'
import { Part, Prose, Quiet } from '../../../ui/Quoted'
import { Section } from '../../../ui/Section'
import { Amount, Table } from '../../../ui/Table'
import { OnlyIn } from '../../../ui/Texts'
import { type Agreement, type Content, partyName, periodOf } from '../components/agreement'
import { SECTIONS, type TEXTS, YEAR_DAYS } from '../components/labels'
import { Sums } from '../components/Sums'
import { useYearlyAmounts } from '../components/summary'

type Version = Schemas['AgreementVersionPublic']
const COPY = 'copy'

/**
 * What the agreement says: a version exactly as it was proposed, first the one that is signed or that one can sign. Who
 * writes it reads the working copy, too.
 */
export function AgreementText({ agreement, versions }: { agreement: Agreement; versions: Version[] }) {
  const { t } = useLingui()
  const [{ version }, change] = useFilters<'version'>()
  const { current_version: newest, version_in_force: inForce, editable } = agreement
  const signed = inForce ?? (editable ? null : newest)
  const asked = agreement.sign_for.length > 0 ? newest : signed
  const first = asked === null ? COPY : String(asked)
  const chosen = version ?? first
  const frozen = versions.find((one) => String(one.number) === chosen)
  const shown = frozen ?? agreement
  const lang = agreement.language === language() ? undefined : agreement.language
  return (
    <Section title={t`The agreement`}>
      {versions.length > 0 && (versions.length > 1 || agreement.changed) && (
        <Filters label={t`Choose what is shown`}>
          <ChooseField
            label={t`Shown`}
            name="version"
            value={frozen ? chosen : COPY}
            onChange={(now) => change({ version: now })}
            options={[
              ...(editable || newest === null ? [{ value: COPY, label: t`Working copy` }] : []),
              ...versions.map((one) => ({
                value: String(one.number),
                label: t`Version ${one.number}, ${formatDay(one.created_at)}`,
              })),
            ]}
          />
        </Filters>
      )}
      {lang && (
        <p>
          <OnlyIn lang={lang} />
        </p>
      )}
      {frozen && (
        <p>
          <Trans>
            {frozen.title}, {periodOf(frozen)}, exactly as it was proposed
          </Trans>
        </p>
      )}
      <Sections content={shown.content} agreement={agreement} lang={lang} />
    </Section>
  )
}

function Sections({ content, agreement, lang }: { content: Content; agreement: Agreement; lang?: string }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const text = (part: (typeof TEXTS)[number]) =>
    content[part] && (
      <Part key={part} title={t(SECTIONS[part])} lang={lang}>
        <Prose>{content[part]}</Prose>
      </Part>
    )
  const contributions = content.contributions ?? []
  const reporting = content.reporting ?? []
  if (Object.values(content).every((one) => one === null || one === undefined))
    return (
      <p>
        <Trans>Nothing has been written yet.</Trans>
      </p>
    )
  return (
    <>
      {text('purpose')}
      {(content.target_groups ?? []).length > 0 && (
        <Part title={t(SECTIONS.target_groups)}>
          <Prose>{content.target_groups?.map(groups.name).join(', ')}</Prose>
        </Part>
      )}
      {text('forms')}
      {contributions.length > 0 && (
        <Part title={t(SECTIONS.contributions)}>
          <Contributions of={contributions} agreement={agreement} />
        </Part>
      )}
      {reporting.length > 0 && (
        <Part title={t(SECTIONS.reporting)}>
          <Table heads={[t`Party`, t`What is reported`, t`When`]}>
            {reporting.map((one) => (
              <tr key={`${one.organisation_id} ${one.what} ${one.due}`}>
                <td>{partyName(agreement, one.organisation_id)}</td>
                <td lang={lang}>{one.what}</td>
                <td lang={lang}>
                  {one.due}
                  {one.due_by && <Quiet>{formatYearDay(one.due_by)}</Quiet>}
                </td>
              </tr>
            ))}
          </Table>
        </Part>
      )}
      {text('evaluation')}
      {text('personal_data')}
      {text('termination')}
      {content.notice_months != null && (
        <Part title={t(SECTIONS.notice_months)}>
          <Prose>{content.notice_months}</Prose>
        </Part>
      )}
      {content.public && (
        <Part title={t(SECTIONS.public)}>
          <Prose>{t`Anybody may see this agreement’s parties, purpose, target groups, period and sums`}</Prose>
        </Part>
      )}
      {YEAR_DAYS.map(
        (part) =>
          content[part] && (
            <Part key={part} title={t(SECTIONS[part])}>
              <Prose>{formatYearDay(content[part])}</Prose>
            </Part>
          ),
      )}
    </>
  )
}

function Contributions({ of, agreement }: { of: Schemas['AgreementContribution'][]; agreement: Agreement }) {
  const { t } = useLingui()
  const amounts = useYearlyAmounts()
  const nameOf = (id: string) => partyName(agreement, id)
  return (
    <>
      <Table amounts={1} heads={[t`Party`, t`What it is`, t`How much`]}>
        {of.map((one, place) => {
          const { amount, when } = amounts(one)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two contributions may be alike
            <tr key={place}>
              <td>{nameOf(one.organisation_id)}</td>
              <td>
                {t(enumLabels.PartyContributionKind[one.kind])}
                {one.description && `: ${one.description}`}
                {one.budget_line && (
                  <Quiet>
                    {t`Budget line`}: {one.budget_line}
                  </Quiet>
                )}
              </td>
              <Amount>
                {amount}
                <Quiet>{when}</Quiet>
              </Amount>
            </tr>
          )
        })}
      </Table>
      <Sums of={of} nameOf={nameOf} />
    </>
  )
}
