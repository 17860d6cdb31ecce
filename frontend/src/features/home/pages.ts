import type { Pages } from '../../lib/pages'

export default {
  plain: { '/': () => import('./HomePage'), accessibility: () => import('./AccessibilityPage') },
} satisfies Pages
