import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Block, InlineAlert } from 'suomifi-ui-components'
import { runs } from '../../../lib/agreements'
import { type Agreement, partyName } from '../components/agreement'

/** What one must know before one reads or signs: who sees it, and whether what is written differs from what is signed. */
export function StatusPanel({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const { current_version: version, version_in_force: inForce, changed, state } = agreement
  if (state === 'draft') {
    const drafter = partyName(agreement, agreement.drafted_by_organisation_id)
    return (
      <Notice title={t`Draft, shown only to: ${drafter}`}>
        <Trans>The other parties see it once it is proposed to be signed.</Trans>
      </Notice>
    )
  }
  if (state === 'recorded' || state === 'disputed') {
    const recorder = partyName(agreement, agreement.drafted_by_organisation_id)
    return (
      <>
        <Notice title={t`Recorded by one party: ${recorder}`}>
          <Trans>
            It is published, counted in the other parties’ figures and gives them tasks only once each of them has
            confirmed it. They are asked twice, and if they do not answer, nothing follows.
          </Trans>
        </Notice>
        {agreement.record_answers.map(
          (one) =>
            one.answer === 'disputed' && (
              <Notice
                key={one.organisation_id}
                title={t`Not agreed so, says: ${partyName(agreement, one.organisation_id)}`}
              >
                {one.reason}
              </Notice>
            ),
        )}
      </>
    )
  }
  if (state !== 'proposed' && !runs(agreement)) return null
  if (changed)
    return (
      <Notice title={t`The working copy differs from version ${version}`}>
        {version === inForce ? (
          <Trans>
            All parties have signed version {version}. It is replaced once a new version has been sent for signature and
            all have signed it.
          </Trans>
        ) : (
          <Trans>Version {version} waits for signatures. Changes are not in it until a new version is proposed.</Trans>
        )}
      </Notice>
    )
  if (inForce !== null && version !== inForce)
    return (
      <Notice title={t`Version ${version} waits for signatures`}>
        <Trans>All parties have signed version {inForce}. It is replaced once all have signed the new one.</Trans>
      </Notice>
    )
  return null
}

function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Block mb="m">
      <InlineAlert labelText={title}>{children}</InlineAlert>
    </Block>
  )
}
