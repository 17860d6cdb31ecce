import { useEffect, useRef } from 'react'
import { Link } from './Link'
import styles from './Tabs.module.css'

/** Parts of one thing, each with an address of its own; so they are links, not a tab list. */
export function Tabs({ label, tabs }: { label: string; tabs: { to: string; label: string }[] }) {
  const row = useRef<HTMLElement>(null)
  useEffect(() => {
    const shown = row.current
    if (!shown) return
    // on a phone not all of them fit beside one another, less still when it is turned
    const sized = new ResizeObserver(() =>
      shown.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    )
    sized.observe(shown)
    return () => sized.disconnect()
  }, [])
  return (
    <nav ref={row} aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} plain exact>
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
