import type { Pages } from '../../lib/pages'

export default {
  open: { 'organisations/$id': () => import('./OrganisationPage'), organisations: () => import('./OrganisationsPage') },
  own: {
    'organisations/new': () => import('./NewOrganisationPage'),
    'organisations/$id/people': () => import('./PeoplePage'),
    'organisations/$id/start': () => import('./StartPage'),
    'organisations/$id/edit': () => import('./EditOrganisationPage'),
  },
} satisfies Pages
