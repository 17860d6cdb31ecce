import type { Pages } from '../../lib/pages'

export default {
  plain: { '/': 'HomePage', accessibility: 'AccessibilityPage' },
} satisfies Pages
