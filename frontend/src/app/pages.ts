import { page } from './page'

/** Every page by its path after the language: `'needs/$id': page('needs/NeedPage')`. */
export const pages = {
  '/': page('home/HomePage'),
  accessibility: page('home/AccessibilityPage'),
  login: page('identity/LoginPage'),
  organisations: page('organisations/OrganisationsPage'),
}
