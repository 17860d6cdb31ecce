/** Pages by the path after the language: the file without its ending. */
type Files = Record<string, string>

/** The pages of a feature, as its `pages.ts` names them. */
export interface Pages {
  open?: Files
  /** Whoever is not signed in is asked to sign in first. */
  own?: Files
  /** Pages that say no labels of the features, and do not wait for them. */
  plain?: Files
}
