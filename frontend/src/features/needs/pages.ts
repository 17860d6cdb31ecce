import type { Pages } from '../../lib/pages'

export default {
  open: { needs: () => import('./NeedsPage'), 'needs/$id': () => import('./NeedPage') },
  own: { 'needs/new': () => import('./NewNeedPage'), 'needs/$id/edit': () => import('./EditNeedPage') },
} satisfies Pages
