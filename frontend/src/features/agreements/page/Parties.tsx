import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { runs } from '../../../lib/agreements'
import { formatMoment } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { Row, Rows } from '../../../ui/Cards'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'
import type { Agreement } from '../components/agreement'

type Version = Schemas['AgreementVersionPublic']

/** Each party, and whether it has signed the newest version. */
export function Parties({ agreement, versions }: { agreement: Agreement; versions: Version[] }) {
  const { t } = useLingui()
  const { current_version: version, drafted_by_organisation_id: drafter } = agreement
  const recorded = versions.some((one) => one.number === version && one.signed_on_paper)
  const open = agreement.state === 'recorded' || agreement.state === 'disputed'
  const waits = (agreement.state === 'proposed' || runs(agreement)) && version !== agreement.version_in_force
  const inPlaceOf = (id: string) =>
    agreement.former_parties
      .filter((one) => one.succeeded_by_id === id)
      .map((one) => textOf(one.names))
      .join(', ')
  return (
    <Rows>
      {agreement.parties.map(({ id, names }) => {
        const signature = agreement.signatures.find(
          (one) => one.organisation_id === id && one.version_number === version,
        )
        const said = recorded ? agreement.record_answers.find((one) => one.organisation_id === id) : undefined
        return (
          <Row
            key={id}
            head={
              <Link to={`organisations/${id}`}>
                <Texts of={names} />
              </Link>
            }
            status={
              signature ? (
                <StatusTag tone="good">{t`Signed`}</StatusTag>
              ) : said?.answer === 'disputed' ? (
                <StatusTag tone="bad">{t`Disputed`}</StatusTag>
              ) : said?.answer === 'confirmed' ? (
                <StatusTag tone="good">{t`Confirmed`}</StatusTag>
              ) : open && id === drafter ? (
                <StatusTag tone="info">{t`Recorded the agreement`}</StatusTag>
              ) : open ? (
                <StatusTag tone="warning">{t`Has not confirmed`}</StatusTag>
              ) : recorded ? (
                <StatusTag tone="good">{t`Signed on paper`}</StatusTag>
              ) : waits ? (
                <StatusTag tone="warning">{t`Waits for a signature`}</StatusTag>
              ) : undefined
            }
            meta={[
              inPlaceOf(id) && t`in the place of: ${inPlaceOf(id)}`,
              id === drafter && t`drafted the agreement`,
              said?.answered_at && t`answered ${formatMoment(said.answered_at)}`,
              signature && t`version ${version} signed ${formatMoment(signature.signed_at)}`,
            ]}
          />
        )
      })}
    </Rows>
  )
}
