import type { Pages } from '../../lib/pages'

export default {
  own: { 'service-accounts': 'ServiceAccountsPage' },
} satisfies Pages
