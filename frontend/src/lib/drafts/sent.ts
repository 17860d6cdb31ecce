/** How each part of a draft is sent. */
export type Sent<D> = { [Part in keyof D]: (value: D[Part]) => unknown }

/** The named parts as the API takes them; what is left out stays as it is. */
export function partsOf<D extends object, S extends Sent<D>>(sent: S, draft: D, parts: (keyof D)[]) {
  const all = parts.map((part) => [part, (sent as Sent<D>)[part](draft[part])])
  return Object.fromEntries(all) as { [Part in keyof D]?: ReturnType<S[Part]> }
}

/** A text: null where nothing was typed. */
export const textSent = (typed: string) => typed.trim() || null

/** A list: null where it is empty. */
export const listSent = <T>(all: T[]) => (all.length > 0 ? all : null)
