import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/client'
import { useMe } from '../../lib/me'
import { useFilters } from '../../lib/urlState'
import { Empty, Skeleton } from '../../ui/Feedback'
import { RadiosField } from '../../ui/inputs'
import { inApp, Link } from '../../ui/Link'
import { NetworkPicker } from '../../ui/NetworkPicker'
import { Page } from '../../ui/Page'
import { useWrite } from '../../ui/useWrite'
import { NeedForm } from './components/NeedForm'
import { ITSELF, useRaisers } from './components/raisers'

export default function NewNeedPage() {
  const { t } = useLingui()
  const [{ network }, change] = useFilters<'network'>()
  const voices = useRaisers(useMe(), network)
  return (
    <Page
      title={t`Raise a need`}
      lead={t`The network's coordinator takes the need to the network. Once agreed on, it is public.`}
      crumbs={[{ to: 'needs', label: t`Needs` }]}
    >
      <NetworkPicker
        label={t`In which network`}
        name="network_id"
        value={network}
        onChange={(chosen) => change({ network: chosen })}
      />
      {network === undefined ? null : voices === undefined ? (
        <Skeleton />
      ) : voices.length === 0 ? (
        <Empty action={<Link to={`networks/${network}`}>{t`To the network`}</Link>}>
          <Trans>Members of the network raise needs in it; you speak for none.</Trans>
        </Empty>
      ) : (
        <Raise key={network} network={network} voices={voices} />
      )}
    </Page>
  )
}

function Raise({ network, voices }: { network: string; voices: { value: string; label: string }[] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('needs', 'tasks')
  const [voice, setVoice] = useState(voices[0]?.value ?? ITSELF)
  const options = voices.map((one) => (one.value === ITSELF ? { ...one, label: t`The network itself` } : one))
  return (
    <NeedForm
      need={undefined}
      label={t`Raise the need`}
      above={(faultOf) => (
        <RadiosField
          label={t`On whose behalf`}
          name="raised_for_organisation_id"
          value={voice}
          onChange={setVoice}
          fault={faultOf('/raised_for_organisation_id')}
          options={options}
        />
      )}
      send={async (content) => {
        const body = {
          ...content,
          network_id: network,
          raised_for_organisation_id: voice === ITSELF ? null : voice,
          municipality_code: content.municipality_code ?? '',
          title: content.title ?? '',
          description: content.description ?? '',
          target_groups: content.target_groups ?? [],
          language: content.language ?? 'fi',
        }
        const made = await write(api.POST('/api/v1/needs', { body }), t`The need is raised.`)
        await navigate({ to: inApp(`needs/${made.id}`).path })
      }}
    />
  )
}
