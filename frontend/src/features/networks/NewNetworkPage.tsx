import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask } from '../../api/client'
import { enumLabels } from '../../lib/labels'
import { isOperator, useMe } from '../../lib/me'
import { Empty, Skeleton } from '../../ui/Feedback'
import { ChooseField } from '../../ui/inputs'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { OrganisationPicker, type Picked, Picker } from '../../ui/Picker'
import { useWrite } from '../../ui/useWrite'
import { NetworkForm } from './components/NetworkForm'
import type { Network } from './components/NetworkFrame'

export default function NewNetworkPage() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Page
      title={t`Found a network`}
      lead={t`It begins as forming. Its coordinator invites members and drafts the rules; then it begins to work.`}
      crumbs={[{ to: 'networks', label: t`Networks` }]}
    >
      {me === undefined ? (
        <Skeleton />
      ) : isOperator(me) ? (
        <Found />
      ) : (
        <Empty action={<Link to="networks">{t`All networks`}</Link>}>
          {t`Networks are founded by those who run the service. Ask them for yours.`}
        </Empty>
      )}
    </Page>
  )
}

async function searchPeople(q: string): Promise<Picked[]> {
  const { items } = await ask(api.GET('/api/v1/users', { params: { query: { q, limit: 8 } } }))
  return items.map((one) => ({ id: one.id, label: one.name, detail: one.email }))
}

function Found() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('networks')
  const [kind, setKind] = useState<Network['kind']>('thematic_network')
  const [coordinator, setCoordinator] = useState<Picked | null>(null)
  const [founder, setFounder] = useState<Picked | null>(null)
  return (
    <NetworkForm
      kind={kind}
      label={t`Found the network`}
      send={async (said) => {
        const body = {
          ...said,
          kind,
          coordinator_id: coordinator?.id ?? null,
          founding_organisation_id: founder?.id ?? null,
        }
        const made = await write(api.POST('/api/v1/networks', { body }), t`The network is founded.`)
        await navigate({ to: inApp(`networks/${made.id}`).path })
      }}
      above={(faultOf) => (
        <ChooseField
          label={t`Kind`}
          name="kind"
          value={kind}
          onChange={(chosen) => setKind(chosen as Network['kind'])}
          fault={faultOf('/kind')}
          options={Object.entries(enumLabels.NetworkKind).map(([value, word]) => ({ value, label: t(word) }))}
        />
      )}
      below={(faultOf) => (
        <>
          <Picker
            label={t(enumLabels.Role.coordinator)}
            hint={t`Type a part of the name or of the email address, then choose. Can also be named later.`}
            name="coordinator_id"
            value={coordinator}
            onChange={setCoordinator}
            fault={faultOf('/coordinator_id')}
            search={searchPeople}
            of="people"
          />
          <OrganisationPicker
            label={t`Founding member`}
            hint={t`The organisation is invited, and its administrator accepts. Type a part of the name, then choose.`}
            name="founding_organisation_id"
            value={founder}
            onChange={setFounder}
            fault={faultOf('/founding_organisation_id')}
          />
        </>
      )}
    />
  )
}
