import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'
import { Button, InlineAlert, Toast, VisuallyHidden } from 'suomifi-ui-components'
import { problemOf } from '../api/client'
import { useErrorTexts } from '../lib/loadErrors'
import styles from './Feedback.module.css'

/** Where there is nothing: what could be here, and what one can do. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}

/** Lines in the place of what is on its way. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const { t } = useLingui()
  return (
    <div role="status" data-loading>
      <VisuallyHidden>{t`Loading`}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className={styles.skeleton} aria-hidden="true" />
      ))}
    </div>
  )
}

/** What went wrong, in words, with a way to try again where that can help. */
export function Failure(of: { error: unknown; retry?: () => void }) {
  return (
    <div role="alert">
      <Alert {...of} />
    </div>
  )
}

function Alert({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useLingui()
  const texts = useErrorTexts()
  if (texts === undefined) return null
  const { problemText, fieldText } = texts
  const problem = problemOf(error)
  return (
    <InlineAlert status="error" labelText={t(problemText(problem))}>
      {[...new Set(problem.errors?.map((one) => t(fieldText(one))))].join(' ')}
      {retry && problem.status !== 404 && <Button variant="secondaryNoBorder" onClick={retry}>{t`Try again`}</Button>}
    </InlineAlert>
  )
}

interface Query<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

/** Skeleton, failure or the data of a query. */
export function Loaded<T>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <Failure error={query.error} retry={() => query.refetch()} />
  return <Skeleton />
}

const SHOWN_MS = 6000
type Said = { id: number; text: string }
let say: (text: string) => void = () => undefined

/** Tell in passing that something was done. */
export const toast = (text: string) => say(text)

/** Where toasts appear: one permanent live region. */
export function Toasts() {
  const [said, setSaid] = useState<Said[]>([])
  useEffect(() => {
    let next = 0
    say = (text) => {
      const id = next++
      setSaid((before) => [...before.slice(-2), { id, text }])
      window.setTimeout(() => setSaid((before) => before.filter((one) => one.id !== id)), SHOWN_MS)
    }
    return () => {
      say = () => undefined
    }
  }, [])
  return (
    <div className={styles.toasts} role="status">
      {said.map(({ id, text }) => (
        <Toast key={id}>{text}</Toast>
      ))}
    </div>
  )
}
