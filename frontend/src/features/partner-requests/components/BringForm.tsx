import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { query, type Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { today } from '../../../lib/today'
import { Form } from '../../../ui/Form'
import { ChooseField, TextArea } from '../../../ui/inputs'

/** A puumerkki requirement of the authority that the application’s groups, areas and calls do not lead to. */
export function BringForm({
  of,
  send,
}: {
  of: Schemas['PartnerRequestPublic']
  send: (given: Schemas['PolicyBrought']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const [policy, setPolicy] = useState('')
  const [reason, setReason] = useState('')
  const params = { query: { authority: [of.authority.id], in_force_on: today(), limit: 200 } }
  const found = query.useQuery('get', '/api/v1/gate-policies', { params }).data?.items ?? []
  const there = of.requirements.map((one) => one.policy?.id)
  const named = (one: Schemas['GatePolicyNamed']) =>
    [one.networks.map((network) => textOf(network.names)).join(' / '), one.target_groups.map(groups.name).join(', ')]
      .filter(Boolean)
      .join(': ')
  return (
    <Form
      label={t`Add the requirement`}
      send={() => send({ policy_id: policy, reason: reason.trim() })}
      check={() => ({
        ...(policy ? {} : { '/policy_id': t`Choose the requirement.` }),
        ...(reason.trim() ? {} : { '/reason': t`Enter the reason.` }),
      })}
    >
      {(faultOf) => (
        <>
          <ChooseField
            label={t`Puumerkki requirement`}
            name="policy_id"
            value={policy}
            onChange={setPolicy}
            fault={faultOf('/policy_id')}
            options={found
              .filter((one) => !there.includes(one.id))
              .map((one) => ({ value: one.id, label: named(one) }))}
          />
          <TextArea
            label={t`Why it concerns this case`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
          />
        </>
      )}
    </Form>
  )
}
