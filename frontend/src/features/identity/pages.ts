import type { Pages } from '../../lib/pages'

export default {
  open: { invitation: () => import('./InvitationPage') },
  plain: {
    address: () => import('./AddressPage'),
    erase: () => import('./ErasePage'),
    login: () => import('./LoginPage'),
    'login-link': () => import('./LoginLinkPage'),
    reset: () => import('./ResetPage'),
  },
  own: { offers: () => import('./OffersPage'), profile: () => import('./ProfilePage') },
} satisfies Pages
