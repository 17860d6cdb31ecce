import type { Pages } from '../../lib/pages'

export default {
  open: { 'organisations/$id': 'OrganisationPage', organisations: 'OrganisationsPage' },
  own: {
    'organisations/new': 'NewOrganisationPage',
    'organisations/$id/people': 'PeoplePage',
    'organisations/$id/edit': 'EditOrganisationPage',
  },
} satisfies Pages
