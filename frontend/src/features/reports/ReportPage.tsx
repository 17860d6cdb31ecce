import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { inLanguage, language, textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { toneOf } from '../../lib/tones'
import { useParam } from '../../lib/urlState'
import { Attachments } from '../../ui/discussions/Attachments'
import { Comments } from '../../ui/discussions/Comments'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor } from '../../ui/PagedList'
import { placeOf, searchOf, useParties } from '../../ui/reports/subject'
import { Section } from '../../ui/Section'
import { StatusTag } from '../../ui/StatusTag'
import { OnlyIn } from '../../ui/Texts'
import { Timeline } from '../../ui/Timeline'
import { type Report, subjectOf } from './components/report'
import { ReportActions } from './page/ReportActions'
import { ReportText } from './page/ReportText'

/** One report: what was done in a year, where it stands, and what is said about it. */
export default function ReportPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/reports/{report_id}', { params: { path: { report_id: id } } })
  const known = found.data
  return (
    <Page
      title={known ? t`Report of ${known.year}` : t`Report`}
      crumbs={[
        { to: 'reports', label: t`Reports` },
        ...(known ? [{ to: placeOf(subjectOf(known)), label: textOf(known.subject_title) }] : []),
      ]}
      status={known && <StatusTag tone={toneOf(known.state)}>{t(enumLabels.ReportState[known.state])}</StatusTag>}
      lead={known && textOf(known.organisation.names)}
    >
      <Loaded query={found}>{(report) => <Found report={report} />}</Loaded>
    </Page>
  )
}

function Found({ report }: { report: Report }) {
  const { t } = useLingui()
  const on = subjectOf(report)
  const title = inLanguage(report.subject_title)
  return (
    <>
      <Standing report={report} />
      <ReportActions report={report} />
      <Facts
        facts={[
          [
            on.kind === 'filing' ? t`Report on the grant` : t`Report on the agreement`,
            <Link key="on" to={placeOf(on)} lang={title.lang}>
              {title.text}
            </Link>,
          ],
          [t`Who reports`, textOf(report.organisation.names)],
          [t`Submitted on`, formatDay(report.submitted_at)],
          [
            t`Accepted on`,
            report.accepted_at && `${formatDay(report.accepted_at)}, ${textOf(report.answered_for?.names)}`,
          ],
          [
            t`Evaluations`,
            <Link key="evaluations" to={`evaluations?${searchOf(on)}&year=${report.year}`}>
              {t`Evaluations of ${report.year}`}
            </Link>,
          ],
        ]}
      />
      <Section title={t`The report`}>
        {report.language !== language() && (
          <p>
            <OnlyIn lang={report.language} />
          </p>
        )}
        <ReportText content={report.content} lang={report.language} />
      </Section>
      <Discussion report={report} />
    </>
  )
}

/** What one must know first: who sees it, and what must be mended. */
function Standing({ report }: { report: Report }) {
  const { t } = useLingui()
  const { state, returned_reason: reason } = report
  const reporter = textOf(report.organisation.names)
  if (state === 'draft')
    return (
      <Block mb="m">
        <InlineAlert labelText={t`Draft, shown only to: ${reporter}`}>
          <Trans>The other parties see it once it is submitted.</Trans>
        </InlineAlert>
      </Block>
    )
  if (state !== 'returned' || !reason) return null
  const by = textOf(report.answered_for?.names)
  return (
    <Block mb="m">
      <InlineAlert status="warning" labelText={t`The report has been returned for completion – ${by}`}>
        {reason}
      </InlineAlert>
    </Block>
  )
}

function Discussion({ report }: { report: Report }) {
  const { t } = useLingui()
  const on = { kind: 'report', id: report.id }
  const parties = useParties(subjectOf(report)).data?.items ?? []
  const speaks = scopesOf(useMe(), 'organisation', 'discussions:write')
  const audiences = parties.some((one) => speaks.includes(one.id)) ? (['applicants'] as const) : []
  const timeline = query.useInfiniteQuery(
    'get',
    '/api/v1/reports/{report_id}/timeline',
    { params: { path: { report_id: report.id } } },
    byCursor,
  )
  return (
    <>
      <Section title={t`Files`}>
        <Attachments on={on} audiences={[...audiences]} />
      </Section>
      <Section title={t`Comments`}>
        <Comments on={on} audiences={[...audiences]} />
      </Section>
      <Section title={t`What has happened`}>
        <Timeline query={timeline} />
      </Section>
    </>
  )
}
