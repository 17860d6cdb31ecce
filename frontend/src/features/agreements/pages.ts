import type { Pages } from '../../lib/pages'

export default {
  open: {
    'agreements/public': () => import('./PublicAgreementsPage'),
    'agreements/public/$id': () => import('./PublicAgreementPage'),
  },
  own: {
    agreements: () => import('./AgreementsPage'),
    'agreements/$id': () => import('./AgreementPage'),
    'agreements/$id/edit': () => import('./EditAgreementPage'),
    'agreements/figures': () => import('./FiguresPage'),
    'agreements/confirm': () => import('./ConfirmRecordsPage'),
    'agreements/templates': () => import('./TemplatesPage'),
    'agreements/new': () => import('./NewAgreementPage'),
  },
} satisfies Pages
