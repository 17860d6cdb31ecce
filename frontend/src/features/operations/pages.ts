import type { Pages } from '../../lib/pages'

export default {
  own: {
    audit: () => import('./AuditPage'),
    'audit/access': () => import('./AccessPage'),
    'audit/seals': () => import('./SealsPage'),
    'audit/users': () => import('./UsersPage'),
    imports: () => import('./ImportsPage'),
    'imports/new': () => import('./NewImportPage'),
    'imports/$id': () => import('./ImportPage'),
  },
} satisfies Pages
