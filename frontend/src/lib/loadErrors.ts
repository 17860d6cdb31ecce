import { use, useSyncExternalStore } from 'react'
import { type ErrorTexts, genericTexts } from './genericErrors'
import { ERRORS, speak } from './language'

/** How long after a failure it is tried again at first, and at most. */
const AGAIN_MS = 5_000
const AT_MOST_MS = 300_000

let loaded: ErrorTexts | undefined
let coming: Promise<ErrorTexts> | undefined
/** The first try that was waited for: what waits does so once, however often it is tried. */
let first: Promise<ErrorTexts> | undefined
const waiting = new Set<() => void>()

async function load(pause: number): Promise<ErrorTexts> {
  try {
    const [{ texts }] = await Promise.all([import('./errorMessages'), speak(ERRORS)])
    loaded = texts
    for (const tell of waiting) tell()
    return texts
  } catch {
    window.setTimeout(() => {
      coming = load(Math.min(2 * pause, AT_MOST_MS))
    }, pause)
    return genericTexts
  }
}

/**
 * Has the texts of all errors ready. Where they do not come through, it answers the generic ones and goes on trying.
 */
export function loadErrors(): Promise<ErrorTexts> {
  coming ??= load(AGAIN_MS)
  return coming
}

function subscribe(tell: () => void) {
  waiting.add(tell)
  return () => waiting.delete(tell)
}

const useLoaded = () => useSyncExternalStore(subscribe, () => loaded)

/** What errors are called; the component waits for the texts, and says them better where they come late. */
export function useErrorTexts(): ErrorTexts {
  first ??= loadErrors()
  const known = use(first)
  return useLoaded() ?? known
}

/** As `useErrorTexts`, but the component does not wait: until the texts come it says the generic ones. */
export const useErrorTextsSoon = (): ErrorTexts => useLoaded() ?? genericTexts
