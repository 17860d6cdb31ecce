import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button, IconMenu, SkipLink } from 'suomifi-ui-components'
import { Link } from './Link'
import styles from './Shell.module.css'

interface Destination {
  to: string
  label: string
}

/** The frame of every page: skip link, header with navigation and menus, the page, footer. */
export function Shell({
  destinations,
  footer,
  languages,
  menus,
  children,
}: {
  destinations: Destination[]
  footer: Destination[]
  languages: ReactNode
  menus: ReactNode
  children: ReactNode
}) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.frame}>
      <SkipLink href="#main">{t`Skip to content`}</SkipLink>
      <header className={styles.header}>
        <div className={styles.inner}>
          <div className={styles.top}>
            <Link to="" className={styles.brand} plain>
              <img src="/icon.svg" alt="" width={32} height={32} />
              Puumerkki
            </Link>
            {languages}
            <div className={styles.menuButton}>
              <Button
                variant="secondaryNoBorder"
                icon={<IconMenu />}
                aria-expanded={open}
                aria-controls="navigation"
                onClick={() => setOpen(!open)}
              >
                <Trans>Menu</Trans>
              </Button>
            </div>
            <div className={styles.own}>{menus}</div>
          </div>
          <nav
            id="navigation"
            aria-label={t`Main navigation`}
            className={`${styles.nav} ${open ? styles.open : ''}`}
            onClickCapture={() => setOpen(false)}
          >
            <ul>
              {destinations.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to} plain>
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={`${styles.inner} ${styles.main}`}>
        {children}
      </main>
      <footer className={styles.footer}>
        <div className={styles.inner}>
          <ul>
            {footer.map(({ to, label }) => (
              <li key={to}>
                <Link to={to}>{label}</Link>
              </li>
            ))}
          </ul>
        </div>
      </footer>
    </div>
  )
}
