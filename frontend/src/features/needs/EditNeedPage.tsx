import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { api, query, type Schemas } from '../../api/client'
import { useParam } from '../../lib/urlState'
import { Empty, Loaded } from '../../ui/Feedback'
import { inApp } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useWrite, withVersion } from '../../ui/useWrite'
import { NeedForm } from './components/NeedForm'

export default function EditNeedPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/needs/{need_id}', { params: { path: { need_id: id } } })
  return (
    <Page
      title={t`Change the need`}
      crumbs={[
        { to: 'needs', label: t`Needs` },
        { to: `needs/${id}`, label: found.data?.title ?? t`Need` },
      ]}
    >
      <Loaded query={found}>
        {(need) => (need.editable ? <Change need={need} /> : <Empty>{t`You cannot change this need any more.`}</Empty>)}
      </Loaded>
    </Page>
  )
}

function Change({ need }: { need: Schemas['NeedDetails'] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('needs')
  const params = { path: { need_id: need.id }, header: withVersion(need.version) }
  return (
    <NeedForm
      need={need}
      label={t`Save`}
      send={async (body) => {
        await write(api.PATCH('/api/v1/needs/{need_id}', { params, body }), t`The need is changed.`)
        await navigate({ to: inApp(`needs/${need.id}`).path })
      }}
    />
  )
}
