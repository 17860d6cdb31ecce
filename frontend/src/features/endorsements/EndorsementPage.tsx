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

/** One endorsement: what it is worth today, on what, and how anybody proves it. */
export default function EndorsementPage() {
  const { t } = useLingui()
  const number = tidyNumber(useParam('number'))
  const found = query.useQuery('get', '/api/v1/endorsements/{number}', { params: { path: { number } } })
  const crumbs = [{ to: 'endorsements', label: t`Register of puumerkki` }]
  return (
    <Page
      title={number}
      crumbs={crumbs}
      status={found.data && <EndorsementStatus endorsement={found.data} />}
      lead={found.data?.title}
    >
      <Loaded query={found}>{(endorsement) => <Endorsement endorsement={endorsement} />}</Loaded>
    </Page>
  )
}

function Endorsement({ endorsement }: { endorsement: Schemas['EndorsementPublic'] }) {
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
          <strong>{t(meaningOf(endorsement))}</strong>
        </p>
        {endorsement.review && <p>{reviewed(formatEnd(endorsement.review.heard_until))}</p>}
        {endorsement.superseded_by && (
          <p>
            <Trans>In its place:</Trans>{' '}
            <Link to={`endorsements/${endorsement.superseded_by}`}>{endorsement.superseded_by}</Link>
          </p>
        )}
      </Block>
      <Conditions of={endorsement.conditions} />
      <Facts
        facts={[
          [t`Application`, endorsement.title],
          [t`Version`, String(endorsement.version_number)],
          [endorsement.applicants.length > 1 ? t`Applicants` : t`Applicant`, named(endorsement.applicants)],
          [
            t`Network`,
            <Link key="network" to={`networks/${endorsement.network_id}`}>
              {textOf(endorsement.network_names)}
            </Link>,
          ],
          [t`Authority that it came to`, named(endorsement.authorities)],
          [
            t`Members that voted`,
            endorsement.turnout &&
              [
                `${endorsement.turnout.voted} / ${endorsement.turnout.electorate}`,
                endorsement.turnout.stood_aside > 0 && t`stood aside: ${endorsement.turnout.stood_aside}`,
                endorsement.turnout.version && t`version ${endorsement.turnout.version}`,
              ]
                .filter(Boolean)
                .join('; '),
          ],
          [t`Given on`, formatDay(endorsement.valid_from)],
          [t`Last day of validity`, lastDay(endorsement)],
          [t`Validity extended on`, formatDay(endorsement.prolonged_at)],
          [t`Ended on`, formatMoment(endorsement.ended_at)],
          [t`Why it ended`, endedReason(t, endorsement.ended_reason)],
          [
            t`Public digest of the version`,
            <code key="digest" className={styles.digest}>
              {endorsement.digest}
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
            href={`${apiAddress()}/api/v1/endorsements/${endorsement.number}/credential`}
            download={`${endorsement.number}.jwt`}
          >
            {t`Download the credential (${endorsement.number}.jwt)`}
          </Anchor>
        </p>
        <p>
          <Anchor
            href={`${apiAddress()}/api/v1/endorsements/${endorsement.number}/certificate.pdf?language=${language()}`}
            download={`${endorsement.number}.pdf`}
          >
            {t`Download a certificate on paper, with a QR code (PDF)`}
          </Anchor>
        </p>
        <p>
          <Link to={`check?number=${endorsement.number}`}>{t`Check a puumerkki`}</Link>
        </p>
      </Block>
      <Offline number={endorsement.number} />
    </>
  )
}
