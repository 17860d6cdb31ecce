import type { Pages } from '../../lib/pages'

export default {
  open: { 'agreements/public': 'PublicAgreementsPage', 'agreements/public/$id': 'PublicAgreementPage' },
  own: {
    agreements: 'AgreementsPage',
    'agreements/$id': 'AgreementPage',
    'agreements/$id/edit': 'EditAgreementPage',
    'agreements/figures': 'FiguresPage',
    'agreements/confirm': 'ConfirmRecordsPage',
    'agreements/templates': 'TemplatesPage',
    'agreements/new': 'NewAgreementPage',
  },
} satisfies Pages
