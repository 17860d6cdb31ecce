import { createRootRoute, createRoute, createRouter, notFound, redirect } from '@tanstack/react-router'
import { activate, isLanguage, preferredLanguage } from '../lib/language'
import { Skeleton } from '../ui/Feedback'
import { Broken } from './Broken'
import { Frame } from './Frame'
import { Missing } from './Missing'
import { pages } from './pages'

const root = createRootRoute({ notFoundComponent: Missing, errorComponent: Broken })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$language', params: { language: preferredLanguage() }, replace: true })
  },
})

/** Everything stands under its language; another first segment is a page that does not exist. */
const inLanguage = createRoute({
  getParentRoute: () => root,
  path: '/$language',
  component: Frame,
  notFoundComponent: Missing,
  errorComponent: Broken,
  beforeLoad: async ({ params }) => {
    if (!isLanguage(params.language)) {
      await activate(preferredLanguage())
      throw notFound()
    }
    await activate(params.language)
  },
})

const leaves = pages.map(({ path, component }) => createRoute({ getParentRoute: () => inLanguage, path, component }))

export const router = createRouter({
  routeTree: root.addChildren([start, inLanguage.addChildren(leaves)]),
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  defaultPendingComponent: () => <Skeleton />,
  defaultPendingMs: 300,
  // plain text in the address: `?q=vanhukset`, not JSON
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
    return text ? `?${text}` : ''
  },
})
