import type { Pages } from '../../lib/pages'

export default {
  own: { work: () => import('./WorkPage') },
} satisfies Pages
