import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Block, Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../api/client'
import { useSignedIn } from '../lib/me'
import { Failure } from './Feedback'
import { useWrite } from './useWrite'

/** Begins and ends following a thing. One button with two names, so that the focus stays; for who is signed in. */
export function Follow({ kind, id }: Pick<Schemas['FollowPublic'], 'kind' | 'id'>) {
  const { t } = useLingui()
  const known = useSignedIn()
  const { data } = query.useQuery('get', '/api/v1/follows', {}, { enabled: known })
  const write = useWrite('follows')
  const [error, setError] = useState<unknown>()
  if (!known || data === undefined) return null
  const follows = data.items.some((one) => one.id === id && one.kind === kind)
  const params = { path: { kind, id } }
  const change = () => {
    setError(undefined)
    const done = follows
      ? write(api.DELETE('/api/v1/follows/{kind}/{id}', { params }), t`You no longer follow this.`)
      : write(
          api.PUT('/api/v1/follows/{kind}/{id}', { params }),
          t`You follow this. What happens is in your weekly digest, or as you choose.`,
        )
    void done.catch(setError)
  }
  return (
    <Block mb="m">
      {error !== undefined && <Failure error={error} />}
      <Button variant="secondary" onClick={change}>
        {follows ? t`Stop following` : t`Follow`}
      </Button>
    </Block>
  )
}
