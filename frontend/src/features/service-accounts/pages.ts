import type { Pages } from '../../lib/pages'

export default {
  own: { 'service-accounts': () => import('./ServiceAccountsPage') },
} satisfies Pages
