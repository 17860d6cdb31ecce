import type { Pages } from '../../lib/pages'

export default {
  open: { calls: () => import('./CallsPage'), 'calls/$id': () => import('./CallPage') },
  own: { 'calls/new': () => import('./NewCallPage'), 'calls/$id/edit': () => import('./EditCallPage') },
} satisfies Pages
