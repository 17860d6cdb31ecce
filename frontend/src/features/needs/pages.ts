import type { Pages } from '../../lib/pages'

export default {
  open: { needs: 'NeedsPage', 'needs/$id': 'NeedPage' },
  own: { 'needs/new': 'NewNeedPage', 'needs/$id/edit': 'EditNeedPage' },
} satisfies Pages
