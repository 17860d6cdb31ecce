import { use } from 'react'
import { type ErrorTexts, errorTexts, GENERIC } from './errorMessages'
import { LABELS, speak } from './language'

/** How long after a failure labels are asked for again. */
const AGAIN_MS = 5000

let loaded: ErrorTexts | undefined
let coming: Promise<ErrorTexts> | undefined

async function load(): Promise<ErrorTexts> {
  try {
    const [labels] = await Promise.all([import('./labels'), speak(LABELS)])
    loaded = labels
    return labels
  } catch {
    window.setTimeout(() => {
      coming = undefined
    }, AGAIN_MS)
    return errorTexts(GENERIC)
  }
}

/** Have the labels of all features ready, with their messages. Where they do not come through, what is generic. */
export function loadLabels(): Promise<ErrorTexts> {
  coming ??= load()
  return coming
}

/** What errors are called; the component waits for what is not there yet. */
export const useErrorTexts = (): ErrorTexts => loaded ?? use(loadLabels())
