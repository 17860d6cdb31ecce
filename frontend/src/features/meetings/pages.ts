import type { Pages } from '../../lib/pages'

export default {
  own: { 'meetings/$id': 'MeetingPage' },
} satisfies Pages
