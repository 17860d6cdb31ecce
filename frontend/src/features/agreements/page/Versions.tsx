import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { toBegin } from '../../../lib/agreements'
import { download, save } from '../../../lib/download'
import { formatDay, formatMoment } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { language } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { AgreementStatus } from '../../../ui/AgreementStatus'
import { Row, Rows } from '../../../ui/Cards'
import { Failure } from '../../../ui/Feedback'
import { OnDemand, part } from '../../../ui/OnDemand'
import { Prose } from '../../../ui/Quoted'
import { StatusTag } from '../../../ui/StatusTag'
import styles from '../components/Agreements.module.css'
import { type Agreement, partyName } from '../components/agreement'

/** Most agreements have one version, and nothing to compare. */
const comparing = part(() => import('./Comparison'))

type Version = Schemas['AgreementVersionPublic']

/** Every version as it was proposed, with what shows that it was signed, and what differs between two of them. */
export function Versions({ agreement, versions }: { agreement: Agreement; versions: Version[] }) {
  return (
    <>
      <Rows>
        {versions.map((one) => (
          <OneVersion key={one.number} agreement={agreement} version={one} />
        ))}
      </Rows>
      {agreement.signatures.length > 0 && (
        <p>
          <Trans>
            A signature's file names the party and holds for the very bytes of the version's file. Together they are
            evidence outside this service, too.
          </Trans>
        </p>
      )}
      {(versions.length > 1 || agreement.changed) && (
        <OnDemand of={comparing}>
          {({ Comparison }) => <Comparison agreement={agreement} versions={versions} />}
        </OnDemand>
      )}
    </>
  )
}

/** The version that all have signed says the same as the agreement: in force, or still to begin. */
function Standing({ agreement: { state }, version }: { agreement: Agreement; version: Version }) {
  const { t } = useLingui()
  const { standing, starts_on } = version
  if (standing === 'signed' && toBegin({ state, starts_on })) return <AgreementStatus of={{ state, starts_on }} />
  return <StatusTag tone={toneOf(standing)}>{t(enumLabels.VersionStatus[standing])}</StatusTag>
}

function OneVersion({ agreement, version }: { agreement: Agreement; version: Version }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const { number, withdrawal } = version
  const signatures = agreement.signatures.filter((one) => one.version_number === number)
  const proposer = partyName(agreement, version.proposed_for_organisation_id)
  const taker = withdrawal && partyName(agreement, withdrawal.withdrawn_for_organisation_id)
  const path = { agreement_id: agreement.id, number }
  const fetchIt = (fetching: Promise<void>) => {
    setError(undefined)
    return fetching.catch(setError)
  }
  const bytes = () => {
    const call = api.GET('/api/v1/agreements/{agreement_id}/versions/{number}/snapshot', {
      params: { path },
      parseAs: 'blob',
    })
    return fetchIt(download(call, `agreement-${agreement.id}-${number}.json`))
  }
  const paper = () => {
    const call = api.GET('/api/v1/agreements/{agreement_id}/versions/{number}/document.pdf', {
      params: { path, query: { language: language() } },
      parseAs: 'blob',
    })
    return fetchIt(download(call, `agreement-${agreement.id}-${number}.pdf`))
  }
  return (
    <Row
      head={<Heading variant="h3">{t`Version ${number}`}</Heading>}
      status={<Standing agreement={agreement} version={version} />}
      meta={[
        !version.signed_on_paper && t`proposed ${formatMoment(version.created_at)}`,
        version.standing === 'open' && version.sign_by && t`to be signed by ${formatDay(version.sign_by)}`,
        version.signed_on_paper ? t`recorded by ${proposer} ${formatDay(version.created_at)}` : proposer,
        version.signed_on_paper && t`signed on paper ${formatDay(version.signed_on_paper)}`,
        version.attachments.length > 0 && t`files: ${version.attachments.map((one) => one.name).join(', ')}`,
        ...signatures.map((one) => {
          const party = partyName(agreement, one.organisation_id)
          return t`signed by ${party} ${formatDay(one.signed_at)}`
        }),
        withdrawal && t`taken back by ${taker} ${formatDay(withdrawal.created_at)}`,
      ]}
    >
      {withdrawal && <Prose>{withdrawal.reason}</Prose>}
      <div className={styles.downloads}>
        <Button variant="secondary" onClick={paper}>{t`Version ${number} to read and print (PDF)`}</Button>
        <Button variant="secondary" onClick={bytes}>{t`Version ${number} as a file (.json)`}</Button>
        {signatures.map((one) => {
          const party = partyName(agreement, one.organisation_id)
          const file = new Blob([one.credential], { type: 'application/vc+jwt' })
          return (
            <Button
              key={one.organisation_id}
              variant="secondary"
              onClick={() => save(file, `agreement-${agreement.id}-${number}-${one.organisation_id}.jwt`)}
            >{t`Signature of ${party} on version ${number} (.jwt)`}</Button>
          )
        })}
      </div>
      {error !== undefined && <Failure error={error} />}
    </Row>
  )
}
