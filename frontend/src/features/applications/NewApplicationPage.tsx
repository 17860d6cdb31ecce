import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask, query, type Schemas } from '../../api/client'
import { formatEnd } from '../../lib/format'
import { language, textOf } from '../../lib/language'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { useFilters } from '../../lib/urlState'
import { Empty, Skeleton } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { ChooseField, RadiosField, TextField } from '../../ui/inputs'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useOpenCalls } from './components/calls'

export default function NewApplicationPage() {
  const { t } = useLingui()
  const mine = useMyOrganisations('applications:write')
  return (
    <Page title={t`Begin an application`} crumbs={[{ to: 'applications', label: t`Applications` }]}>
      {mine === undefined ? (
        <Skeleton />
      ) : mine.length === 0 ? (
        <Empty action={<Link to="organisations">{t`Organisations`}</Link>}>
          {t`Only who prepares applications for an organisation can begin one. Ask an owner of your organisation to make you an editor.`}
        </Empty>
      ) : (
        <Beginning mine={mine} />
      )}
    </Page>
  )
}

function Beginning({ mine }: { mine: { id: string; name: string }[] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [{ call = '', need }] = useFilters<'call' | 'need'>()
  const [applicant, setApplicant] = useState(mine.length === 1 ? (mine[0]?.id ?? '') : '')
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState(call)
  const calls = useOpenCalls(chosen)
  const needed = query.useQuery(
    'get',
    '/api/v1/needs/{need_id}',
    { params: { path: { need_id: need ?? '' } } },
    { enabled: need !== undefined },
  ).data

  async function send() {
    const body: Schemas['ApplicationCreate'] = {
      applicant_id: applicant,
      title,
      language: language(),
      call_id: chosen || null,
      content: {},
      private: { contact_persons: [] },
      co_applicant_ids: [],
      network_ids: needed ? [needed.network_id] : [],
      authorities: [],
      need_ids: needed ? [needed.id] : [],
      area_ids: needed?.area_id ? [needed.area_id] : [],
    }
    const made = await ask(api.POST('/api/v1/applications', { body }))
    await navigate({ to: inApp(`applications/${made.id}/edit`).path })
  }

  return (
    <Form
      send={send}
      label={t`Begin and go on to write`}
      secondary={<Link to="applications">{t`Cancel`}</Link>}
      check={() => ({
        ...(applicant ? {} : { '/applicant_id': t`Choose which organisation applies.` }),
        ...(title.trim() ? {} : { '/title': t`Give the application a name.` }),
      })}
    >
      {(faultOf) => (
        <>
          {needed && <p>{t`It answers the need: ${needed.title}`}</p>}
          {mine.length === 1 ? (
            <p>
              {t`Applicant`}: <strong>{mine[0]?.name}</strong>
            </p>
          ) : (
            <RadiosField
              label={t`Which organisation applies?`}
              name="applicant_id"
              value={applicant}
              onChange={setApplicant}
              fault={faultOf('/applicant_id')}
              options={mine.map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
          <TextField
            label={t`Name of the application`}
            hint={t`It can be changed later.`}
            name="title"
            value={title}
            onChange={setTitle}
            fault={faultOf('/title')}
          />
          <ChooseField
            label={t`Funding call`}
            hint={t`You can also choose it later.`}
            name="call_id"
            value={chosen}
            onChange={setChosen}
            fault={faultOf('/call_id')}
            optional
            none={t`No call yet`}
            options={calls.map((one) => ({
              value: one.id,
              label: `${textOf(one.names)} (${t`closes ${formatEnd(one.closes_at)}`})`,
            }))}
          />
        </>
      )}
    </Form>
  )
}
