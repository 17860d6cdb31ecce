import type { Pages } from '../../lib/pages'

export default {
  open: { 'gate-policies': () => import('./GatePoliciesPage') },
} satisfies Pages
