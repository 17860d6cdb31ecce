import { Trans, useLingui } from '@lingui/react/macro'
import { api, ask, query } from '../../../api/client'
import { ChecksField } from '../../../ui/inputs'
import { Picker } from '../../../ui/Picker'
import { Chosen } from './Chosen'
import { TextPartField, useAskedBy } from './ContentStep'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { FIELD_WORDS } from './words'

const OPEN = ['agreed', 'being_met', 'raised']

export function NeedsStep() {
  const { t } = useLingui()
  const { application, draft, edit, faultOf, remember } = useEditing()
  const asked = useAskedBy()
  const add = (id: string, name: string) => {
    if (draft.need_ids.includes(id)) return
    remember(id, name)
    edit({ need_ids: [...draft.need_ids, id] })
  }
  const offered = application.networks.map((one) => one.network_id)
  return (
    <>
      <p className={styles.asked}>
        <Trans>Networks agree on the needs that are most urgent. Work starts from those.</Trans> {asked('needs')}
      </p>
      {offered.map((network) => (
        <OfNetwork key={network} network={network} />
      ))}
      <Chosen
        label={t(FIELD_WORDS.need_ids)}
        ids={draft.need_ids}
        onRemove={(id) => edit({ need_ids: draft.need_ids.filter((one) => one !== id) })}
      />
      <Picker
        label={t`Search further needs`}
        hint={t`Needs of all networks and areas. Type a word, then choose.`}
        name="need_ids"
        of="needs"
        value={null}
        fault={faultOf('need_ids')}
        search={async (q) => {
          const { items } = await ask(api.GET('/api/v1/needs', { params: { query: { q, limit: 8 } } }))
          return items.filter((one) => OPEN.includes(one.state)).map((one) => ({ id: one.id, label: one.title }))
        }}
        onChange={(picked) => picked && add(picked.id, picked.label)}
      />
      <TextPartField part="needs" />
    </>
  )
}

/** A network's open needs, to tick. */
function OfNetwork({ network }: { network: string }) {
  const { t } = useLingui()
  const { draft, edit, nameOf, remember } = useEditing()
  const { data } = query.useQuery('get', '/api/v1/needs', { params: { query: { network, limit: 100 } } })
  const open = (data?.items ?? []).filter((one) => OPEN.includes(one.state))
  if (open.length === 0) return null
  const ids = open.map((one) => one.id)
  return (
    <ChecksField
      label={t`Needs of ${nameOf(network)}`}
      name={`need_ids/${network}`}
      value={draft.need_ids.filter((id) => ids.includes(id))}
      onChange={(chosen) => {
        for (const one of open) remember(one.id, one.title)
        edit({ need_ids: [...draft.need_ids.filter((id) => !ids.includes(id)), ...chosen] })
      }}
      options={open.map((one) => ({ value: one.id, label: one.title, hint: one.evidence ?? undefined }))}
    />
  )
}
