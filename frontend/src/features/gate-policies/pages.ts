import type { Pages } from '../../lib/pages'

export default {
  open: { 'gate-policies': 'GatePoliciesPage' },
} satisfies Pages
