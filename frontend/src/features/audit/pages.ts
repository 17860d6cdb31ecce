import type { Pages } from '../../lib/pages'

export default {
  own: {
    audit: 'AuditPage',
    'audit/access': 'AccessPage',
    'audit/seals': 'SealsPage',
    'audit/users': 'UsersPage',
    imports: 'ImportsPage',
    'imports/$id': 'ImportPage',
  },
} satisfies Pages
