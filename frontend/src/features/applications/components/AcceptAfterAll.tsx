import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, problemOf } from '../../../api/client'
import { useMyOrganisations } from '../../../lib/myOrganisations'
import { refresh } from '../../../lib/refresh'
import { Failure } from '../../../ui/Feedback'
import { useWrite } from '../../../ui/useWrite'

/** Where an application is not shown: whoever said no to it by mistake, and sees it no more, accepts here. */
export function AcceptAfterAll({ application, error }: { application: string; error: unknown }) {
  const { t } = useLingui()
  const mine = useMyOrganisations('memberships:manage', 'agreements:sign') ?? []
  const client = useQueryClient()
  const write = useWrite('tasks')
  const [failed, setFailed] = useState<unknown>()
  if (problemOf(error).status !== 404 || mine.length === 0) return null

  async function accept(organisation: string) {
    const params = { path: { application_id: application, organisation_id: organisation } }
    const path = '/api/v1/applications/{application_id}/applicants/{organisation_id}'
    try {
      await write(api.PUT(path, { params, body: { answer: 'accepted' } }), t`Your organisation has accepted.`)
      await refresh(client, ['applications'])
    } catch (thrown) {
      setFailed(thrown)
    }
  }

  return (
    <section>
      <p>{t`Did your organisation say no to applying together by mistake? You can still accept.`}</p>
      {failed !== undefined && <Failure error={failed} />}
      {mine.map(({ id, name }) => (
        <Button key={id} variant="secondary" onClick={() => accept(id)}>
          {t`Accept: ${name}`}
        </Button>
      ))}
    </section>
  )
}
