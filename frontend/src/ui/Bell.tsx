import { useLingui } from '@lingui/react/macro'
import { query } from '../api/client'
import { Link } from './Link'

const AGAIN_MS = 60_000

/** The way to one's notices, with how many are new. */
export function Bell() {
  const { t } = useLingui()
  const { data } = query.useQuery('get', '/api/v1/notices/unseen', {}, { refetchInterval: AGAIN_MS })
  const unseen = data?.unseen ?? 0
  return (
    <Link to="notices" plain>
      {unseen > 0 ? t`Notices (${unseen})` : t`Notices`}
    </Link>
  )
}
