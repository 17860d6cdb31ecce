import { Trans, useLingui } from '@lingui/react/macro'
import { Link as Anchor, Block, Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { apiAddress } from '../../api/config'
import { endedReason, lastDay } from '../../lib/endorsements'
import { formatDay, formatEnd, formatMoment } from '../../lib/format'
import { language, textOf } from '../../lib/language'
import { useParam } from '../../lib/urlState'
import { Conditions } from '../../ui/Conditions'
import { EndorsementStatus } from '../../ui/EndorsementStatus'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { Texts } from '../../ui/Texts'
import { meaningOf, tidyNumber } from './components/labels'
import { Offline } from './components/Offline'
import styles from './components/parts.module.css'

/** One mark: what it is worth today, on what, and how anybody proves it. */
export default function EndorsementPage() {
  const { t } = useLingui()
  const number = tidyNumber(useParam('number'))
  const found = query.useQuery('get', '/api/v1/endorsements/{number}', { params: { path: { number } } })
  const crumbs = [{ to: 'endorsements', label: t`Register of puumerkki` }]
  return (
    <Page
      title={number}
      crumbs={crumbs}
      status={found.data && <EndorsementStatus mark={found.data} />}
      lead={found.data?.title}
    >
      <Loaded query={found}>{(mark) => <Mark mark={mark} />}</Loaded>
    </Page>
  )
}

function Mark({ mark }: { mark: Schemas['EndorsementPublic'] }) {
  const { t } = useLingui()
  const named = (all: Schemas['EndorsementApplicant'][]) =>
    all.length > 0 && (
      <ul className={styles.plain}>
        {all.map((one) => (
          <li key={one.id}>
            <Link to={`organisations/${one.id}`}>
              <Texts of={one.names} />
            </Link>
          </li>
        ))}
      </ul>
    )
  const reviewed = (day: string) =>
    t`The network is considering revoking this puumerkki. It is valid until this has been settled. The applicant can give its view until ${day}.`
  return (
    <>
      <Block mb="m">
        <p>
          <strong>{t(meaningOf(mark))}</strong>
        </p>
        {mark.review && <p>{reviewed(formatEnd(mark.review.heard_until))}</p>}
        {mark.superseded_by && (
          <p>
            <Trans>In its place:</Trans> <Link to={`endorsements/${mark.superseded_by}`}>{mark.superseded_by}</Link>
          </p>
        )}
      </Block>
      <Conditions of={mark.conditions} />
      <Facts
        facts={[
          [t`Application`, mark.title],
          [t`Version`, String(mark.version_number)],
          [mark.applicants.length > 1 ? t`Applicants` : t`Applicant`, named(mark.applicants)],
          [
            t`Network`,
            <Link key="network" to={`networks/${mark.network_id}`}>
              {textOf(mark.network_names)}
            </Link>,
          ],
          [t`Authority that it came to`, named(mark.authorities)],
          [
            t`Members that voted`,
            mark.turnout &&
              [
                `${mark.turnout.voted} / ${mark.turnout.electorate}`,
                mark.turnout.stood_aside > 0 && t`stood aside: ${mark.turnout.stood_aside}`,
                mark.turnout.version && t`version ${mark.turnout.version}`,
              ]
                .filter(Boolean)
                .join('; '),
          ],
          [t`Given on`, formatDay(mark.valid_from)],
          [t`Last day of validity`, lastDay(mark)],
          [t`Validity extended on`, formatDay(mark.prolonged_at)],
          [t`Ended on`, formatMoment(mark.ended_at)],
          [t`Why it ended`, endedReason(t, mark.ended_reason)],
          [
            t`Public digest of the version`,
            <code key="digest" className={styles.digest}>
              {mark.digest}
            </code>,
          ],
        ]}
      />
      <Block mt="l">
        <Heading variant="h2">{t`The signed credential`}</Heading>
        <p>
          <Trans>
            The file proves the puumerkki: it is signed by this service, and whoever is given it can check it here or by
            themselves.
          </Trans>
        </p>
        <p>
          <Anchor
            href={`${apiAddress()}/api/v1/endorsements/${mark.number}/credential`}
            download={`${mark.number}.jwt`}
          >
            {t`Download the credential (${mark.number}.jwt)`}
          </Anchor>
        </p>
        <p>
          <Anchor
            href={`${apiAddress()}/api/v1/endorsements/${mark.number}/certificate.pdf?language=${language()}`}
            download={`${mark.number}.pdf`}
          >
            {t`Download a certificate on paper, with a QR code (PDF)`}
          </Anchor>
        </p>
        <p>
          <Link to={`check?number=${mark.number}`}>{t`Check a puumerkki`}</Link>
        </p>
      </Block>
      <Offline number={mark.number} />
    </>
  )
}
