import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { revoking } from '../../../lib/gate'
import { textOf } from '../../../lib/language'
import type { Faults } from '../../../ui/Form'
import { CheckField } from '../../../ui/inputs'

type Case = Schemas['PartnerRequestPublic']

/** That a network considers revoking what the case requires: who, and until when the applicant is heard. */
export function Revoking({ of }: { of: Case }) {
  const { t } = useLingui()
  const found = of.state === 'withdrawn' ? [] : revoking(of.requirements)
  return found.map((network) => {
    const name = textOf(network.names)
    const day = formatDay(network.revocation_heard_until)
    return (
      <Block mb="m" key={network.id}>
        <InlineAlert status="warning" labelText={t`The network is considering revoking the puumerkki: ${name}`}>
          <Trans>
            The applicant is heard until {day}. The puumerkki is valid until the network has settled the matter.
          </Trans>
        </InlineAlert>
      </Block>
    )
  })
}

/** What is wrong where the case is in doubt and whoever decides has not said that they know. */
export function useKnowing() {
  const { t } = useLingui()
  return (of: Case, knows: boolean): Faults =>
    knows || revoking(of.requirements).length === 0
      ? {}
      : { '/knows_of_revocation': t`Confirm that you know of the possible revocation.` }
}

/** Whoever decides meanwhile says that they know of it. */
export function KnowsOfRevocation({
  of,
  value,
  onChange,
  fault,
}: {
  of: Case
  value: boolean
  onChange: (knows: boolean) => void
  fault: Parameters<typeof CheckField>[0]['fault']
}) {
  const { t } = useLingui()
  if (revoking(of.requirements).length === 0) return null
  return (
    <>
      <Revoking of={of} />
      <CheckField
        label={t`I know that the puumerkki may be revoked`}
        name="knows_of_revocation"
        value={value}
        onChange={onChange}
        fault={fault}
      />
    </>
  )
}
