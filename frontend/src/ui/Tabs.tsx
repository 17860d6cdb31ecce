import { Link } from './Link'
import styles from './Tabs.module.css'

/** Parts of one thing, each with an address of its own; so they are links, not a tab list. */
export function Tabs({ label, tabs }: { label: string; tabs: { to: string; label: string }[] }) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} plain exact>
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
