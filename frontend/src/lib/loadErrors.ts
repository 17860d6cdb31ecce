import { useEffect, useSyncExternalStore } from 'react'
import { type ErrorTexts, genericTexts } from './genericErrors'
import { ERRORS, speak } from './language'

/** How long after a failure it is tried again at first, and at most. */
const AGAIN_MS = 5_000
const AT_MOST_MS = 300_000

/** What there is to say; nothing until the first try has ended. */
let known: ErrorTexts | undefined
let coming: Promise<ErrorTexts> | undefined
const waiting = new Set<() => void>()

function tell(texts: ErrorTexts): ErrorTexts {
  known = texts
  for (const one of waiting) one()
  return texts
}

async function load(pause: number): Promise<ErrorTexts> {
  try {
    const [{ texts }] = await Promise.all([import('./errorMessages'), speak(ERRORS)])
    return tell(texts)
  } catch {
    window.setTimeout(() => {
      coming = load(Math.min(2 * pause, AT_MOST_MS))
    }, pause)
    return tell(genericTexts)
  }
}

/** Has the texts of all errors ready. Where they do not come through, it answers the generic ones and goes on trying. */
export function loadErrors(): Promise<ErrorTexts> {
  coming ??= load(AGAIN_MS)
  return coming
}

function subscribe(one: () => void) {
  waiting.add(one)
  return () => waiting.delete(one)
}

/** What errors are called; undefined while that is on its way. */
export function useErrorTexts(): ErrorTexts | undefined {
  useEffect(() => void loadErrors(), [])
  return useSyncExternalStore(subscribe, () => known)
}
