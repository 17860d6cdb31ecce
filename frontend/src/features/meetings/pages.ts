import type { Pages } from '../../lib/pages'

export default {
  own: { 'meetings/$id': () => import('./MeetingPage') },
} satisfies Pages
