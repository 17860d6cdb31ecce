import { Trans } from '@lingui/react/macro'
import { query, type Schemas } from '../api/client'
import { Link } from './Link'
import { Texts } from './Texts'

/** The name of an organisation or network that is known by its id only, as a link. */
export function ScopeName({ kind, id }: { kind: Schemas['ScopeKind']; id: string | null }) {
  if (id === null || kind === 'platform') return <Trans>The whole service</Trans>
  return kind === 'network' ? <NetworkName id={id} /> : <OrganisationName id={id} />
}

function OrganisationName({ id }: { id: string }) {
  const { data } = query.useQuery('get', '/api/v1/organisations/{organisation_id}', {
    params: { path: { organisation_id: id } },
  })
  return <Link to={`organisations/${id}`}>{data ? <Texts of={data.names} /> : id}</Link>
}

function NetworkName({ id }: { id: string }) {
  const { data } = query.useQuery('get', '/api/v1/networks/{network_id}', { params: { path: { network_id: id } } })
  return <Link to={`networks/${id}`}>{data ? <Texts of={data.names} /> : id}</Link>
}
