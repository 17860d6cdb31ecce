import { useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, query } from '../../api/client'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { Empty, Skeleton } from '../../ui/Feedback'
import { ChooseField } from '../../ui/inputs'
import { inApp } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useWrite } from '../../ui/useWrite'
import { CallForm } from './components/CallForm'

export default function NewCallPage() {
  const { t } = useLingui()
  const me = useMe()
  const ids = scopesOf(me, 'organisation', 'calls:publish')
  const funders = useQueries({
    queries: ids.map((organisation_id) =>
      query.queryOptions('get', '/api/v1/organisations/{organisation_id}', { params: { path: { organisation_id } } }),
    ),
    combine: (found) => found.flatMap(({ data }) => (data ? [{ value: data.id, label: textOf(data.names) }] : [])),
  })
  return (
    <Page
      title={t`Draft a call`}
      lead={t`Nobody else sees the draft until you publish it.`}
      crumbs={[{ to: 'calls', label: t`Calls` }]}
    >
      {me === undefined || funders.length < ids.length ? (
        <Skeleton />
      ) : ids.length === 0 ? (
        <Empty>{t`Only editors and officers of a funder draft its calls.`}</Empty>
      ) : (
        <Draft funders={funders} />
      )}
    </Page>
  )
}

function Draft({ funders }: { funders: { value: string; label: string }[] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('calls')
  const [funder, setFunder] = useState(funders[0]?.value ?? '')
  return (
    <>
      {funders.length > 1 && (
        <ChooseField label={t`Funder`} name="funder_id" value={funder} onChange={setFunder} options={funders} />
      )}
      <CallForm
        call={undefined}
        label={t`Save the draft`}
        send={async (content) => {
          const body = { ...content, funder_id: funder }
          const made = await write(api.POST('/api/v1/calls', { body }), t`The draft is saved.`)
          await navigate({ to: inApp(`calls/${made.id}`).path })
        }}
      />
    </>
  )
}
