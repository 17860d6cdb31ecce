import { query } from '../../api/client'
import { useParam } from '../../lib/urlState'
import { OperatorActions } from './components/OperatorActions'

export default function OfNetworkPage() {
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/networks/{network_id}', { params: { path: { network_id: id } } })
  return <OperatorActions kind="network" id={id} names={found.data?.names} />
}
