import type { Pages } from '../../lib/pages'

export default {
  plain: {
    address: 'AddressPage',
    erase: 'ErasePage',
    invitation: 'InvitationPage',
    login: 'LoginPage',
    'login-link': 'LoginLinkPage',
    reset: 'ResetPage',
  },
  own: { offers: 'OffersPage', profile: 'ProfilePage' },
} satisfies Pages
