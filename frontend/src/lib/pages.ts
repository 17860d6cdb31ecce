import type { ComponentType } from 'react'

/** Fetches the file of a page. */
export type LoadPage = () => Promise<{ default: ComponentType }>

/** The pages of a feature by the path after the language, as its `pages.ts` names them. */
export interface Pages {
  open?: Record<string, LoadPage>
  /** Whoever is not signed in is asked to sign in first. */
  own?: Record<string, LoadPage>
  /** Pages that say no labels of the features, and do not wait for them. */
  plain?: Record<string, LoadPage>
}
