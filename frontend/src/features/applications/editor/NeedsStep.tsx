import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { api, ask, query, type Schemas } from '../../../api/client'
import { ChecksField } from '../../../ui/inputs'
import { Picker } from '../../../ui/Picker'
import { ChosenList } from './ChosenList'
import { TextPartField, useAskedBy } from './ContentStep'
import styles from './Editor.module.css'
import { focusField, useEditing } from './editing'
import { FIELD_LABELS } from './labels'

const OPEN = ['agreed', 'being_met', 'raised']

export function NeedsStep() {
  const { t } = useLingui()
  const { application, draft, edit, faultOf, remember } = useEditing()
  const asked = useAskedBy()
  const add = (id: string, name: string) => {
    if (draft.need_ids.includes(id)) return
    remember(id, name)
    edit({ need_ids: [...draft.need_ids, id] })
    focusField('need_ids')
  }
  const networks = useNeedsOf(application.networks.map((one) => one.network_id))
  const offered = networks.flatMap(({ needs }) => needs.map((one) => one.id))
  const others = draft.need_ids.filter((id) => !offered.includes(id))
  return (
    <>
      <p className={styles.asked}>
        <Trans>Networks agree on the needs that are most urgent. Work starts from those.</Trans> {asked('needs')}
      </p>
      {networks.map(({ network, needs }) => (
        <OfNetwork key={network} network={network} needs={needs} />
      ))}
      <ChosenList
        label={t(FIELD_LABELS.need_ids)}
        ids={others}
        onRemove={(id) => edit({ need_ids: draft.need_ids.filter((one) => one !== id) })}
      />
      <Picker
        // begins anew after each choice
        key={others.length}
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

/** The open needs of each network. */
function useNeedsOf(networks: string[]) {
  return useQueries({
    queries: networks.map((network) =>
      query.queryOptions('get', '/api/v1/needs', { params: { query: { network, limit: 100 } } }),
    ),
    combine: (answers) =>
      networks.map((network, place) => ({
        network,
        needs: (answers[place]?.data?.items ?? []).filter((one) => OPEN.includes(one.state)),
      })),
  })
}

/** A network's open needs, to tick. */
function OfNetwork({ network, needs }: { network: string; needs: Schemas['NeedPublic'][] }) {
  const { t } = useLingui()
  const { draft, edit, nameOf, remember } = useEditing()
  if (needs.length === 0) return null
  const ids = needs.map((one) => one.id)
  return (
    <ChecksField
      label={t`Needs of ${nameOf(network)}`}
      name={`need_ids/${network}`}
      value={draft.need_ids.filter((id) => ids.includes(id))}
      onChange={(chosen) => {
        for (const one of needs) remember(one.id, one.title)
        edit({ need_ids: [...draft.need_ids.filter((id) => !ids.includes(id)), ...chosen] })
      }}
      options={needs.map((one) => ({ value: one.id, label: one.title, hint: one.evidence ?? undefined }))}
    />
  )
}
