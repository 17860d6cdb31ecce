import type { Pages } from '../../lib/pages'

export default {
  open: { '/': 'HomePage', accessibility: 'AccessibilityPage' },
} satisfies Pages
