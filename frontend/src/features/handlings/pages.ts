import type { Pages } from '../../lib/pages'

export default {
  own: { 'handlings/$id': () => import('./HandlingPage'), 'networks/$id/print': () => import('./PrintPage') },
} satisfies Pages
