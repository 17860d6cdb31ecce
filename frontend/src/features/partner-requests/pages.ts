import type { Pages } from '../../lib/pages'

export default {
  own: { inbox: 'InboxPage', 'partner-requests/$id': 'CasePage' },
} satisfies Pages
