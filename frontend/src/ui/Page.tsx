import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef } from 'react'
import { Heading } from 'suomifi-ui-components'
import { language } from '../lib/language'
import crumbStyles from './Crumbs.module.css'
import { Link } from './Link'
import styles from './Page.module.css'

interface Crumb {
  to: string
  label: string
}

let firstPage = true

/**
 * One page: breadcrumbs, heading, document title. After a change of page the focus goes to its heading, so that a
 * screen reader tells where one is, unless the address leads to a place on it.
 */
export function Page({
  title,
  lang,
  crumbs = [],
  status,
  lead,
  children,
}: {
  title: string
  /** The language of the title where it is not the app's. */
  lang?: string
  crumbs?: Crumb[]
  status?: ReactNode
  lead?: ReactNode
  children: ReactNode
}) {
  const { t } = useLingui()
  const heading = useRef<HTMLHeadingElement>(null as unknown as HTMLHeadingElement)
  useEffect(() => {
    document.title = title ? `${title} – Puumerkki` : 'Puumerkki'
  }, [title])
  useEffect(() => {
    const led = document.getElementById(window.location.hash.slice(1))
    if (!firstPage && !led) heading.current?.focus({ preventScroll: true })
    firstPage = false
  }, [])
  return (
    <article>
      {crumbs.length > 0 && (
        <nav aria-label={t`Breadcrumbs`} className={crumbStyles.crumbs}>
          <ol>
            <li>
              <Link to="">{t`Front page`}</Link>
            </li>
            {crumbs.map((crumb) => (
              <li key={crumb.to}>
                <Link to={crumb.to}>{crumb.label}</Link>
              </li>
            ))}
            <li aria-current="page">{title}</li>
          </ol>
        </nav>
      )}
      <div className={styles.title}>
        <Heading variant="h1" tabIndex={-1} forwardedRef={heading} lang={lang === language() ? undefined : lang}>
          {title}
        </Heading>
        {status}
      </div>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </article>
  )
}
