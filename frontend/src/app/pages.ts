import { lazyRouteComponent } from '@tanstack/react-router'

/** Every page by its path after the language. A page's file is loaded when somebody goes there. */
export const pages = {
  '/': lazyRouteComponent(() => import('../features/home/HomePage')),
  accessibility: lazyRouteComponent(() => import('../features/home/AccessibilityPage')),
  login: lazyRouteComponent(() => import('../features/identity/LoginPage')),
  organisations: lazyRouteComponent(() => import('../features/organisations/OrganisationsPage')),
}
