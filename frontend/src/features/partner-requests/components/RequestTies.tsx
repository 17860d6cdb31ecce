import { useLingui } from '@lingui/react/macro'
import { api, query } from '../../../api/client'
import { useMe } from '../../../lib/me'
import { Failure } from '../../../ui/Feedback'
import { Ties } from '../../../ui/ties/Ties'
import { useWrite } from '../../../ui/useWrite'

/** Ties of those who prepare and decide for the authority. */
export function RequestTies({ id }: { id: string }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('partner-requests', 'tasks')
  const params = { path: { request_id: id } }
  const found = query.useQuery('get', '/api/v1/partner-requests/{request_id}/ties', { params })
  if (!found.data) return found.error ? <Failure error={found.error} /> : null
  return (
    <Ties
      of={found.data}
      me={me?.id}
      votes={false}
      raise={(body) =>
        write(
          api.POST('/api/v1/partner-requests/{request_id}/ties', { params, body }),
          t`It has been sent to be settled.`,
        )
      }
    />
  )
}
