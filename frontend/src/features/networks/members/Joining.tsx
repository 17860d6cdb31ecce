import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Dialog } from '../../../ui/Dialog'
import { Form } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { useWrite } from '../../../ui/useWrite'
import type { Network, Part } from '../components/NetworkFrame'
import { useOrganisationOptions } from '../components/roles'
import styles from './Members.module.css'
import { NewcomerForm } from './NewcomerForm'

/** The coordinator invites, an organisation's owner asks to join. */
export function Joining({ network, part }: { network: Network; part: Part }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState<'invite' | 'newcomer' | 'ask'>()
  const close = () => setOpened(undefined)
  const takesIn = network.state !== 'closed'
  return (
    <>
      <div className={styles.actions}>
        {takesIn && part.leads && <Button onClick={() => setOpened('invite')}>{t`Invite an organisation`}</Button>}
        {takesIn && part.owns.length > 0 && (
          <Button variant="secondary" onClick={() => setOpened('ask')}>{t`Ask to join`}</Button>
        )}
      </div>
      <Dialog open={opened === 'invite'} title={t`Invite an organisation`} onClose={close}>
        <Invite networkId={network.id} close={close} />
        <Button
          variant="secondaryNoBorder"
          onClick={() => setOpened('newcomer')}
        >{t`The organisation is not here yet`}</Button>
      </Dialog>
      <Dialog open={opened === 'newcomer'} title={t`Invite an organisation that is not here yet`} onClose={close}>
        <NewcomerForm networkId={network.id} close={close} />
      </Dialog>
      <Dialog open={opened === 'ask'} title={t`Ask to join`} onClose={close}>
        <Ask networkId={network.id} owns={part.owns} close={close} />
      </Dialog>
    </>
  )
}

function useAdd(networkId: string) {
  const write = useWrite('networks')
  return (organisationId: string, said: string) =>
    write(
      api.POST('/api/v1/networks/{network_id}/members', {
        params: { path: { network_id: networkId } },
        body: { organisation_id: organisationId },
      }),
      said,
    )
}

function Invite({ networkId, close }: { networkId: string; close: () => void }) {
  const { t } = useLingui()
  const add = useAdd(networkId)
  const [chosen, setChosen] = useState<Picked | null>(null)
  return (
    <Form
      label={t`Send the invitation`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (chosen ? {} : { '/organisation_id': t`Choose an organisation.` })}
      send={async () => {
        await add(chosen?.id ?? '', t`Invited.`)
        close()
      }}
    >
      {(faultOf) => (
        <OrganisationPicker
          label={t`Organisation`}
          name="organisation_id"
          value={chosen}
          onChange={setChosen}
          fault={faultOf('/organisation_id')}
        />
      )}
    </Form>
  )
}

function Ask({ networkId, owns, close }: { networkId: string; owns: string[]; close: () => void }) {
  const { t } = useLingui()
  const add = useAdd(networkId)
  const options = useOrganisationOptions(owns)
  const [chosen, setChosen] = useState(owns.length === 1 ? (owns[0] ?? '') : '')
  return (
    <Form
      label={t`Ask to join`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (chosen ? {} : { '/organisation_id': t`Choose an organisation.` })}
      send={async () => {
        await add(chosen, t`Asked to join.`)
        close()
      }}
    >
      {(faultOf) => (
        <ChooseField
          label={t`Organisation`}
          name="organisation_id"
          value={chosen}
          onChange={setChosen}
          fault={faultOf('/organisation_id')}
          options={options}
        />
      )}
    </Form>
  )
}
