import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './Place.module.css'

/**
 * A place that a link leads to (`#ballot`). Whoever arrives is taken there with the focus, also where the page comes
 * after the address: the browser looks for the place before it is there.
 */
export function Place({ id, children }: { id: string; children: ReactNode }) {
  const here = useRef<HTMLDivElement>(null)
  const hash = useRouterState({ select: (state) => state.location.hash })
  useEffect(() => {
    if (hash !== id) return
    here.current?.scrollIntoView()
    here.current?.focus({ preventScroll: true })
  }, [hash, id])
  return (
    <div id={id} ref={here} tabIndex={-1} className={styles.place}>
      {children}
    </div>
  )
}
