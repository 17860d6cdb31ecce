/** Each part of a draft as the API takes it. */
export type Sent<D> = (draft: D) => Record<keyof D, unknown>

/** The parts in which two drafts differ, as the API takes them. */
export function differing<D extends object>(sent: Sent<D>, one: D, other: D): (keyof D)[] {
  const [before, now] = [sent(one), sent(other)]
  return (Object.keys(now) as (keyof D)[]).filter((part) => JSON.stringify(before[part]) !== JSON.stringify(now[part]))
}

/**
 * Mine and what somebody else saved meanwhile, part by part: theirs where I changed nothing, else mine. `clashes`: what
 * both changed, each in their own way.
 */
export function merged<D extends object>(
  sent: Sent<D>,
  base: D,
  mine: D,
  theirs: D,
): { draft: D; clashes: (keyof D)[] } {
  const changed = differing(sent, base, mine)
  const unlike = differing(sent, mine, theirs)
  const clashes = differing(sent, base, theirs).filter((part) => changed.includes(part) && unlike.includes(part))
  const kept = Object.fromEntries(changed.map((part) => [part, mine[part]]))
  return { draft: { ...theirs, ...kept }, clashes }
}

/** A text as the API takes it: null where nothing was typed. */
export const textSent = (typed: string) => typed.trim() || null

/** A list as the API takes it: null where it is empty. */
export const listSent = <T>(all: T[]) => (all.length > 0 ? all : null)
