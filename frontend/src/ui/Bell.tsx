import { useLingui } from '@lingui/react/macro'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { query } from '../api/client'
import { Link } from './Link'

/** The way to one's notices, with how many are new: asked anew from page to page, never behind one's back. */
export function Bell() {
  const { t } = useLingui()
  const { data, isStale, refetch } = query.useQuery('get', '/api/v1/notices/unseen', {})
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request by itself could only find that the session is over
  useEffect(() => {
    if (isStale) void refetch()
  }, [pathname])
  const unseen = data?.unseen ?? 0
  return (
    <Link to="notices" plain>
      {unseen > 0 ? t`Notices (${unseen})` : t`Notices`}
    </Link>
  )
}
