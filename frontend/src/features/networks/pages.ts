import type { Pages } from '../../lib/pages'

export default {
  open: {
    networks: () => import('./NetworksPage'),
    'networks/$id': () => import('./NetworkPage'),
    'networks/$id/members': () => import('./NetworkMembersPage'),
    'networks/$id/needs': () => import('./NetworkNeedsPage'),
    'networks/$id/rules': () => import('./NetworkRulesPage'),
  },
  own: {
    'networks/new': () => import('./NewNetworkPage'),
    'networks/$id/ballots': () => import('./NetworkBallotsPage'),
    'networks/$id/decisions': () => import('./NetworkDecisionsPage'),
    'networks/$id/meetings': () => import('./NetworkMeetingsPage'),
    'networks/$id/settings': () => import('./NetworkSettingsPage'),
    'networks/$id/work': () => import('./NetworkWorkPage'),
  },
} satisfies Pages
