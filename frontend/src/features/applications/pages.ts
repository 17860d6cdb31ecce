import type { Pages } from '../../lib/pages'

export default {
  own: {
    applications: () => import('./ApplicationsPage'),
    'applications/$id': () => import('./ApplicationPage'),
    'applications/$id/edit': () => import('./EditApplicationPage'),
    'applications/$id/versions': () => import('./VersionsPage'),
    'applications/new': () => import('./NewApplicationPage'),
    'filings/$id': () => import('./FilingPage'),
  },
} satisfies Pages
