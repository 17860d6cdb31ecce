import { useLingui } from '@lingui/react/macro'
import { Heading, InlineAlert } from 'suomifi-ui-components'
import { formatDay, formatEnd, formatMoment } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { Facts } from '../../../ui/Facts'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import styles from './Handling.module.css'
import type { Handling } from './handling'

/** What was proposed about the puumerkki: that it is revoked, or that it lasts longer. */
export function Review({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const { revocation, prolongation } = handling
  return (
    <>
      {revocation && (
        <section>
          <div className={styles.head}>
            <Heading variant="h2">{t`Revoking the puumerkki`}</Heading>
            <StatusTag tone={revocation.state === 'open' ? 'warning' : toneOf(revocation.state)}>
              {t(enumLabels.RevocationState[revocation.state])}
            </StatusTag>
          </div>
          {revocation.state === 'open' && (
            <div className={styles.notice}>
              <InlineAlert labelText={t`The network is considering revoking the puumerkki`}>
                {t`The puumerkki is valid until this has been settled. The applicant can give its view until ${formatEnd(revocation.heard_until)}.`}
              </InlineAlert>
            </div>
          )}
          <Facts
            facts={[
              [t`How it is settled`, t(enumLabels.RevocationWay[revocation.way])],
              [t`Cause`, revocation.cause && t(enumLabels.RevocationCause[revocation.cause])],
              [t`Reason`, revocation.reason],
              [t`Proposed`, formatMoment(revocation.proposed_at)],
              [t`The applicant is heard until`, formatEnd(revocation.heard_until)],
              [
                t`The applicant's view`,
                revocation.state === 'open' && revocation.views.length === 0 && t`Not given yet`,
              ],
              ...revocation.views.map((one): [string, string] => [t`View of ${textOf(one.names)}`, one.view]),
              [
                t`The applicant asks for it itself`,
                revocation.cause === 'applicant_asks' && (revocation.asks ? t`Yes` : t`Not so far`),
              ],
              [
                t`Meeting`,
                revocation.meeting_id && (
                  <Link key="meeting" to={`meetings/${revocation.meeting_id}`}>{t`Open the meeting`}</Link>
                ),
              ],
              [t`Settled on`, formatMoment(revocation.ended_at)],
              [t`Why not revoked`, revocation.end_reason && (ENDS(t)[revocation.end_reason] ?? revocation.end_reason)],
            ]}
          />
        </section>
      )}
      {prolongation && (
        <section>
          <Heading variant="h2">{t`Extending the validity`}</Heading>
          <p>
            {prolongation.confirmed_at ? (
              <StatusTag tone="good">{t`Confirmed ${formatDay(prolongation.confirmed_at)}`}</StatusTag>
            ) : (
              <StatusTag tone="warning">{t`Waits for a second person's confirmation`}</StatusTag>
            )}
          </p>
          <Facts
            facts={[
              [t`New last day of validity`, formatDay(prolongation.valid_until)],
              [t`Earlier last day of validity`, formatDay(prolongation.former_valid_until)],
              [t`Reason`, prolongation.reason],
            ]}
          />
        </section>
      )}
    </>
  )
}

type Said = ReturnType<typeof useLingui>['t']

/** Ends that the service notes itself, by their codes. */
const ENDS = (t: Said): Record<string, string> => ({
  ballot_annulled: t`The ballot was annulled`,
  endorsement_ended: t`The puumerkki ended otherwise`,
  failed: t(enumLabels.Outcome.failed),
  no_quorum: t(enumLabels.Outcome.no_quorum),
  objection: t(enumLabels.Outcome.objection),
})
