import { query } from '../../api/client'
import { useParam } from '../../lib/urlState'
import { OperatorActions } from './components/OperatorActions'

export default function OfOrganisationPage() {
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}', {
    params: { path: { organisation_id: id } },
  })
  return <OperatorActions kind="organisation" id={id} names={found.data?.names} />
}
