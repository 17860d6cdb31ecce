import type { Pages } from '../../lib/pages'

export default {
  open: { calls: 'CallsPage', 'calls/$id': 'CallPage' },
  own: { 'calls/new': 'NewCallPage', 'calls/$id/edit': 'EditCallPage' },
} satisfies Pages
