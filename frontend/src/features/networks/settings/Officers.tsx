import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty, Failure, Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { PersonField } from '../../../ui/PersonField'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Network } from '../components/NetworkFrame'

type OfficerRole = Schemas['OfficerRole']

const OFFICES: OfficerRole[] = ['coordinator', 'chair', 'secretary', 'observer']
const ONE = '/api/v1/networks/{network_id}/officers/{role}/{principal_id}'

/** Who leads the network's work, its meetings, its records. */
export function Officers({ network }: { network: Network }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [naming, setNaming] = useState(false)
  const [error, setError] = useState<unknown>()
  const found = query.useQuery('get', '/api/v1/networks/{network_id}/officers', {
    params: { path: { network_id: network.id } },
  })
  const remove = (one: Schemas['OfficerPublic']) => {
    setError(undefined)
    const path = { network_id: network.id, role: one.role, principal_id: one.principal_id }
    const params = { path, header: withVersion(network.version) }
    return write(api.DELETE(ONE, { params }), t`The office is taken away.`).catch(setError)
  }
  return (
    <>
      {error !== undefined && <Failure error={error} />}
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t`Nobody leads this network at present.`}</Empty>
          ) : (
            <Rows>
              {items.map((one) => (
                <Row
                  key={`${one.role}-${one.principal_id}`}
                  head={one.name}
                  status={
                    <Button
                      variant="secondaryNoBorder"
                      aria-label={t`Take away the office of ${one.name}`}
                      onClick={() => remove(one)}
                    >{t`Take away`}</Button>
                  }
                  meta={[
                    t(enumLabels.Role[one.role]),
                    one.chosen_by && t(enumLabels.ChosenBy[one.chosen_by]),
                    t`since ${formatDay(one.since)}`,
                  ]}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <Button variant="secondary" onClick={() => setNaming(true)}>{t`Give an office`}</Button>
      <Dialog open={naming} title={t`Give an office`} onClose={() => setNaming(false)}>
        <GiveOffice network={network} close={() => setNaming(false)} />
      </Dialog>
    </>
  )
}

function GiveOffice({ network, close }: { network: Network; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [office, setOffice] = useState<OfficerRole>('chair')
  const [person, setPerson] = useState('')
  return (
    <Form
      label={t`Give the office`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (person ? {} : { '/principal_id': t`Choose a person.` })}
      send={async () => {
        const path = { network_id: network.id, role: office, principal_id: person }
        const params = { path, header: withVersion(network.version) }
        await write(api.PUT(ONE, { params }), t`The office is given.`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          <ChooseField
            label={t`Office`}
            name="role"
            value={office}
            onChange={(value) => setOffice(value as OfficerRole)}
            options={OFFICES.map((one) => ({ value: one, label: t(enumLabels.Role[one]) }))}
          />
          <PersonField
            networkId={network.id}
            label={t`Person`}
            name="principal_id"
            value={person}
            onChange={setPerson}
            fault={faultOf('/principal_id')}
          />
        </>
      )}
    </Form>
  )
}
