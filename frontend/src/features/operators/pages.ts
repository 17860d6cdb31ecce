import type { Pages } from '../../lib/pages'

export default {
  own: { 'organisations/$id/operators': 'OfOrganisationPage', 'networks/$id/operators': 'OfNetworkPage' },
} satisfies Pages
