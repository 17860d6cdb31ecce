import { Link as RouterLink } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RouterLink as Styled } from 'suomifi-ui-components'
import { language } from '../lib/language'

/**
 * A link inside the app. `to` is the path after the language, without a slash at the start: `networks/…`, with `?…`
 * where the page has a search. `plain`: without the design system's colours.
 */
export function Link({
  to,
  children,
  plain,
  exact,
  className,
  lang,
}: {
  to: string
  children: ReactNode
  plain?: boolean
  /** Current only at this very address, not below it. */
  exact?: boolean
  className?: string
  lang?: string
}) {
  const address = inApp(to)
  const shared = { to: address.path, search: address.search, hash: address.hash, className, lang } as const
  if (plain)
    return (
      <RouterLink {...shared} activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: exact ?? to === '' }}>
        {children}
      </RouterLink>
    )
  return (
    <Styled asComponent={RouterLink} {...(shared as object)}>
      {children}
    </Styled>
  )
}

/** An address inside the app in the present language, as the router takes it. */
export function inApp(to: string): { path: string; search: Record<string, string>; hash?: string } {
  const url = new URL(`/${language()}${to ? `/${to}` : ''}`, window.location.origin)
  return { path: url.pathname, search: Object.fromEntries(url.searchParams), hash: url.hash.slice(1) || undefined }
}
