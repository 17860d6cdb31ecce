import type { Pages } from '../../lib/pages'

export default {
  open: {
    networks: 'NetworksPage',
    'networks/$id': 'NetworkPage',
    'networks/$id/members': 'NetworkMembersPage',
    'networks/$id/needs': 'NetworkNeedsPage',
    'networks/$id/rules': 'NetworkRulesPage',
  },
  own: {
    'networks/new': 'NewNetworkPage',
    'networks/$id/ballots': 'NetworkBallotsPage',
    'networks/$id/decisions': 'NetworkDecisionsPage',
    'networks/$id/meetings': 'NetworkMeetingsPage',
    'networks/$id/settings': 'NetworkSettingsPage',
    'networks/$id/work': 'NetworkWorkPage',
  },
} satisfies Pages
