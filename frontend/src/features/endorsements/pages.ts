import type { Pages } from '../../lib/pages'

export default {
  open: {
    check: 'CheckPage',
    endorsements: 'EndorsementsPage',
    'endorsements/$number': 'EndorsementPage',
  },
} satisfies Pages
