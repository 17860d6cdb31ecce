import type { Pages } from '../../lib/pages'

export default {
  own: { work: 'WorkPage' },
} satisfies Pages
