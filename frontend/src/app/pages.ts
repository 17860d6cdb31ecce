import { ownPage, page } from './page'

/** Every page by its path after the language: `'needs/$id': page('needs/NeedPage')`; `ownPage` asks to sign in first. */
export const pages = {
  '/': page('home/HomePage'),
  accessibility: page('home/AccessibilityPage'),
  applications: ownPage('applications/ApplicationsPage'),
  'filings/$id': ownPage('applications/FilingPage'),
  'applications/new': ownPage('applications/NewApplicationPage'),
  'applications/$id/edit': ownPage('applications/EditApplicationPage'),
  'handlings/$id': ownPage('handlings/HandlingPage'),
  'applications/$id': ownPage('applications/ApplicationPage'),
  'applications/$id/versions': ownPage('applications/VersionsPage'),
  check: page('endorsements/CheckPage'),
  endorsements: page('endorsements/EndorsementsPage'),
  'endorsements/$number': page('endorsements/EndorsementPage'),
  invitation: page('identity/InvitationPage'),
  login: page('identity/LoginPage'),
  'login-link': page('identity/LoginLinkPage'),
  'networks/$id/print': ownPage('handlings/PrintPage'),
  organisations: page('organisations/OrganisationsPage'),
  reset: page('identity/ResetPage'),
}
