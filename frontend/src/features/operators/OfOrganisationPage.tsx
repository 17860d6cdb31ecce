import { query } from '../../api/client'
import { useParam } from '../../lib/address'
import { Deeds } from './components/Deeds'

export default function OfOrganisationPage() {
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}', {
    params: { path: { organisation_id: id } },
  })
  return <Deeds kind="organisation" id={id} names={found.data?.names} />
}
