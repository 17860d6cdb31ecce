import type { Pages } from '../../lib/pages'

export default {
  plain: {
    address: () => import('./AddressPage'),
    erase: () => import('./ErasePage'),
    invitation: () => import('./InvitationPage'),
    login: () => import('./LoginPage'),
    'login-link': () => import('./LoginLinkPage'),
    reset: () => import('./ResetPage'),
  },
  own: { offers: () => import('./OffersPage'), profile: () => import('./ProfilePage') },
} satisfies Pages
