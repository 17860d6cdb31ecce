import { diffWordsWithSpace } from 'diff'

/** A stretch of a text that also stands in the other one, or does not. */
export interface Stretch {
  text: string
  changed: boolean
}

/** The same from both sides. */
export interface Sides {
  old: Stretch[]
  now: Stretch[]
}

/** Below this share of kept letters two texts are different ones: single words in common would only confuse. */
const ALIKE = 0.3

const whole = (text: string): Stretch[] => (text === '' ? [] : [{ text, changed: true }])

/** Both texts whole, as two of which nothing is compared. */
export const unlike = (old: string, now: string): Sides => ({ old: whole(old), now: whole(now) })

/** Which words of two texts differ. */
export function compareWords(old: string, now: string): Sides {
  const found = diffWordsWithSpace(old, now)
  const kept = found.filter((one) => !one.added && !one.removed)
  const letters = kept.reduce((sum, one) => sum + one.value.trim().length, 0)
  if (letters < ALIKE * Math.max(old.length, now.length)) return unlike(old, now)
  const side = (other: 'added' | 'removed') =>
    joined(found.filter((one) => !one[other]).map((one) => ({ text: one.value, changed: one.added || one.removed })))
  return { old: side('added'), now: side('removed') }
}

/** Which of two lists' entries the other one lacks; an entry a line. */
export function compareLists(old: string[], now: string[]): Sides {
  const side = (mine: string[], other: string[]) =>
    joined(
      mine.flatMap((text, place) => [
        ...(place > 0 ? [{ text: '\n', changed: false }] : []),
        { text, changed: !other.includes(text) },
      ]),
    )
  return { old: side(old, now), now: side(now, old) }
}

/** Neighbours of the same kind as one; a changed word, a blank and the next changed word, too. */
function joined(stretches: Stretch[]): Stretch[] {
  const out: Stretch[] = []
  stretches.forEach((one, place) => {
    const last = out.at(-1)
    const blank = last?.changed && /^[ \t]+$/.test(one.text) && stretches[place + 1]?.changed
    if (last && (last.changed === one.changed || blank)) last.text += one.text
    else out.push({ ...one })
  })
  return out
}
