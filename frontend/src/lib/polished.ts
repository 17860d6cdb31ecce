/**
 * What the design system's styles ask of the library `polished`, by what every browser does itself: the library costs
 * 3 kB of the first load for it. `vite.config.ts` puts this in its place.
 */

const seeThrough = (colour: string, share: number) => `color-mix(in srgb, ${colour} ${share * 100}%, transparent)`

/** `colour` with `amount` (0–1) taken from its opacity. */
export const transparentize = (amount: number, colour: string) => seeThrough(colour, 1 - amount)

/** A length out of a sum of lengths, as `16px * 2 + 8px`. */
export const math = (sum: string) => `calc(${sum})`

export const parseToRgb = (colour: string) => ({ colour })

export const toColorString = ({ colour, alpha }: { colour: string; alpha: number }) => seeThrough(colour, alpha)
