/** How each part of a draft is sent. */
export type Payload<D> = { [Part in keyof D]: (value: D[Part]) => unknown }

/** The named parts as the API takes them; what is left out stays as it is. */
export function partsOf<D extends object, S extends Payload<D>>(sent: S, draft: D, parts: (keyof D)[]) {
  const all = parts.map((part) => [part, (sent as Payload<D>)[part](draft[part])])
  return Object.fromEntries(all) as { [Part in keyof D]?: ReturnType<S[Part]> }
}

/** A text: null where nothing was typed. */
export const textPayload = (typed: string) => typed.trim() || null

/** A list: null where it is empty. */
export const listPayload = <T>(all: T[]) => (all.length > 0 ? all : null)
