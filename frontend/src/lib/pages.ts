/**
 * The pages of a feature, as its `pages.ts` names them: by the path after the language, the file without its ending.
 * `own` pages ask to sign in first.
 */
export interface Pages {
  open?: Record<string, string>
  own?: Record<string, string>
}
