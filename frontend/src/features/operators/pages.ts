import type { Pages } from '../../lib/pages'

export default {
  own: {
    'organisations/$id/operators': () => import('./OfOrganisationPage'),
    'networks/$id/operators': () => import('./OfNetworkPage'),
  },
} satisfies Pages
