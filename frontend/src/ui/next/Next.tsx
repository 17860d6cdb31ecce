import { speak } from '../../lib/language'
import { OnDemand, part } from '../OnDemand'
import styles from './Next.module.css'
import type { Guided } from './sentences'

const WORDS = 'ui/next/locales'

/** The box with its words, fetched beside the page, which does not wait for it. */
const box = part(async () => {
  const [module] = await Promise.all([import('./Box'), speak(WORDS)])
  return module
})

/** What comes next in a thing for the reader, who does it and by when, and the way from beginning to end. */
export function Next({ kind, id }: { kind: Guided; id: string }) {
  return (
    <div className={styles.place}>
      <OnDemand of={box}>{(of) => <of.Box kind={kind} id={id} />}</OnDemand>
    </div>
  )
}
