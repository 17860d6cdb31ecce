import type { Pages } from '../../lib/pages'

export default {
  open: {
    check: () => import('./CheckPage'),
    endorsements: () => import('./EndorsementsPage'),
    'endorsements/$number': () => import('./EndorsementPage'),
  },
} satisfies Pages
