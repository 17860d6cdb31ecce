import type { Pages } from '../../lib/pages'

export default {
  own: { 'handlings/$id': 'HandlingPage', 'networks/$id/print': 'PrintPage' },
} satisfies Pages
