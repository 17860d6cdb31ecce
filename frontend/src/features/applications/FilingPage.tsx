import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { conditional } from '../../lib/endorsements'
import { formatDay, formatMoney } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { toneOf } from '../../lib/tones'
import { useArrived, useParam } from '../../lib/urlState'
import { type Action, Actions } from '../../ui/Actions'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Next } from '../../ui/next/Next'
import { Page } from '../../ui/Page'
import { Reported } from '../../ui/reports/Reported'
import { StatusTag } from '../../ui/StatusTag'
import { Changes } from './components/Differences'
import { useFilingActions } from './filings/actions'

type Filing = Schemas['FilingPublic']

export default function FilingPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/filings/{filing_id}', { params: { path: { filing_id: id } } })
  if (found.data) return <Found filing={found.data} />
  return (
    <Page title={t`Application at a funder`} crumbs={[{ to: 'applications', label: t`Applications` }]}>
      <Loaded query={found}>{() => null}</Loaded>
    </Page>
  )
}

function Found({ filing }: { filing: Filing }) {
  const { t } = useLingui()
  const run = useFilingActions(filing)
  const arrival = useArrived()
  const funder = textOf(filing.funder_names)
  return (
    <Page
      title={t`${filing.title}: ${funder}`}
      crumbs={[
        { to: 'applications', label: t`Applications` },
        { to: `applications/${filing.application_id}`, label: filing.title },
      ]}
      status={<StatusTag tone={toneOf(filing.state)}>{t(enumLabels.FilingState[filing.state])}</StatusTag>}
    >
      <Next kind="filing" id={filing.id} />
      <Actions of={[...filing.available_actions, ...planning(filing)]} run={run} {...arrival} />
      <Told filing={filing} />
      {filing.filed_on !== null && (
        <>
          <Heading variant="h2">{t`What was sent, compared with the version`}</Heading>
          {filing.differences.length > 0 ? (
            <Changes changes={filing.differences} />
          ) : (
            <p>
              <Trans>It was sent as the version says.</Trans>
            </p>
          )}
        </>
      )}
      <Reported on={{ kind: 'filing', id: filing.id }} />
    </Page>
  )
}

/** What is planned, and the day of what is waited for, can be changed by those who can give it up, or report. */
const planning = (filing: Filing): Action<'update'>[] =>
  filing.available_actions.some((one) => ['withdraw', 'report'].includes(one.action) && one.allowed)
    ? [{ action: 'update', allowed: true, blocked_by: null }]
    : []

function Told({ filing }: { filing: Filing }) {
  const { t } = useLingui()
  const call = query.useQuery(
    'get',
    '/api/v1/calls/{call_id}',
    { params: { path: { call_id: filing.call_id ?? '' } } },
    { enabled: filing.call_id !== null },
  ).data
  const sum = formatMoney(filing.granted_cents)
  const inFull = filing.granted_in_full
  const granted = inFull === null ? sum : inFull ? t`${sum}, all that was applied for` : t`${sum}, in part`
  return (
    <Facts
      facts={[
        [
          t`Application`,
          <Link key="a" to={`applications/${filing.application_id}`}>
            {filing.title}
          </Link>,
        ],
        [t`Funder`, textOf(filing.funder_names)],
        [
          t`Funding call`,
          call && (
            <Link key="c" to={`calls/${call.id}`}>
              {textOf(call.names)}
            </Link>
          ),
        ],
        [filing.filed_on ? t`Sum applied for` : t`Sum to apply for`, formatMoney(filing.applied_cents)],
        [t`Sent on`, formatDay(filing.filed_on)],
        [t`Version that was sent`, filing.version_number],
        [
          t`Network’s puumerkki when the filing was recorded`,
          filing.filed_on !== null && (filing.endorsement_id ? <Endorsement key="m" filing={filing} /> : t`None`),
        ],
        [t`The funder decides by`, filing.decided_on === null && formatDay(filing.expected_on)],
        [t`Funder's decision on`, formatDay(filing.decided_on)],
        [t`Granted`, granted],
        [t`Reasons of the decision`, filing.decision_reason],
        [t`Change of the plan`, filing.plan_change],
        [t`Report to the funder by`, filing.reported_on === null && formatDay(filing.report_by)],
        [t`Reported on`, formatDay(filing.reported_on)],
        [t`To be paid back`, filing.recovered_cents > 0 && formatMoney(filing.recovered_cents)],
      ]}
    />
  )
}

/** The endorsement in force when the filing was recorded; conditions that are open, are open today. */
function Endorsement({ filing }: { filing: Filing }) {
  const { t } = useLingui()
  const asked = { params: { query: { application: filing.application_id } } }
  const found = query.useQuery('get', '/api/v1/endorsements', asked)
  const endorsement = found.data?.items.find((one) => one.id === filing.endorsement_id)
  if (!endorsement) return <Loaded query={found}>{() => t`In force on this version`}</Loaded>
  return (
    <>
      {t`In force on this version`}
      {conditional(endorsement) && <div>{t`Today it has conditions that are not met.`}</div>}
      <div>
        <Link to={`endorsements/${endorsement.number}`}>{endorsement.number}</Link>
      </div>
    </>
  )
}
