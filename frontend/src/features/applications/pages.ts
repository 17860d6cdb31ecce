import type { Pages } from '../../lib/pages'

export default {
  own: {
    applications: 'ApplicationsPage',
    'applications/$id': 'ApplicationPage',
    'applications/$id/edit': 'EditApplicationPage',
    'applications/$id/versions': 'VersionsPage',
    'applications/new': 'NewApplicationPage',
    'filings/$id': 'FilingPage',
  },
} satisfies Pages
