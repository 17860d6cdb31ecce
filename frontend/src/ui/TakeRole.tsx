import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../api/client'
import { enumLabels } from '../lib/labels'
import { scopesOf, useMe } from '../lib/me'
import { Failure } from './Feedback'
import { useWrite } from './useWrite'

/** An administrator takes one more role in their organisation; nothing for others, or who has it. */
export function TakeRole({ organisation, taking }: { organisation: string; taking: 'editor' | 'signatory' }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('me', 'organisations', 'applications', 'tasks')
  const [error, setError] = useState<unknown>()
  const held = (me?.roles ?? []).filter((one) => one.scope_id === organisation).map((one) => one.role)
  if (!me || held.includes(taking) || !scopesOf(me, 'organisation', 'people:manage').includes(organisation)) return null

  async function take(principal_id: string) {
    setError(undefined)
    const params = { path: { organisation_id: organisation, principal_id } }
    const roles: Schemas['Role'][] = [...held.filter((one) => one !== 'inspector'), taking]
    const call = api.PUT('/api/v1/organisations/{organisation_id}/people/{principal_id}', { params, body: { roles } })
    try {
      await write<unknown>(call, t`The roles are changed.`)
    } catch (thrown) {
      setError(thrown)
    }
  }

  return (
    <>
      {error !== undefined && <Failure error={error} />}
      <Button variant="secondary" onClick={() => take(me.id)}>{t`Take the role: ${t(enumLabels.Role[taking])}`}</Button>
    </>
  )
}
