import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { type Faults, Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { searchNetworks } from '../../../ui/NetworkPicker'
import { OrganisationPicker, type Picked, Picker } from '../../../ui/Picker'
import { useWrite } from '../../../ui/useWrite'

const SHORTEST_REASON = 10

/** Why an operator must see the cases of one organisation or network. */
export function AccessForm({ done }: { done: () => void }) {
  const { t } = useLingui()
  const write = useWrite('break-glass', 'audit-events', 'me')
  const [kind, setKind] = useState<'organisation' | 'network'>('organisation')
  const [chosen, setChosen] = useState<Picked | null>(null)
  const [reason, setReason] = useState('')

  async function send() {
    await write(
      api.POST('/api/v1/break-glass', {
        body: { scope_kind: kind, scope_id: chosen?.id ?? '', reason: reason.trim() },
      }),
      t`You see its cases for an hour. This is on record.`,
    )
    done()
  }

  const check = (): Faults => ({
    ...(chosen ? {} : { '/scope_id': t`Choose an organisation or a network.` }),
    ...(reason.trim().length >= SHORTEST_REASON ? {} : { '/reason': t`Give the reason in at least ten characters.` }),
  })

  return (
    <Form send={send} label={t`Look for an hour`} check={check}>
      {(faultOf) => {
        const picker = { name: 'scope_id', value: chosen, onChange: setChosen, fault: faultOf('/scope_id') }
        return (
          <>
            <RadiosField
              label={t`Whose cases`}
              name="scope_kind"
              value={kind}
              onChange={(value) => {
                setKind(value as typeof kind)
                setChosen(null)
              }}
              options={[
                { value: 'organisation', label: t`An organisation’s` },
                { value: 'network', label: t`A network’s` },
              ]}
            />
            {kind === 'organisation' ? (
              <OrganisationPicker label={t`Organisation`} {...picker} />
            ) : (
              <Picker label={t`Network`} {...picker} search={(q) => searchNetworks(q)} of="networks" />
            )}
            <TextArea
              label={t`Reason`}
              hint={t`For example the number of the support request.`}
              name="reason"
              value={reason}
              onChange={setReason}
              fault={faultOf('/reason')}
            />
          </>
        )
      }}
    </Form>
  )
}
