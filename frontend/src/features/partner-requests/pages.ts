import type { Pages } from '../../lib/pages'

export default {
  own: { inbox: () => import('./InboxPage'), 'partner-requests/$id': () => import('./CasePage') },
} satisfies Pages
