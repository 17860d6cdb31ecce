/**
 * What the design system's lists ask of the library `@floating-ui/react-dom`: to stand below what opened them, as wide
 * as it, or above where there is no room. The library costs 7 kB of nearly every page for it. `vite.config.ts` puts
 * this in its place.
 */
import { type CSSProperties, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'

interface Sized {
  rects: { reference: DOMRect }
  elements: { floating: HTMLElement }
}
interface Middleware {
  apply?: (sized: Sized) => void
  flips?: boolean
}

export const flip = (): Middleware => ({ flips: true })
export const shift = (): Middleware => ({})
export const size = ({ apply }: Pick<Middleware, 'apply'>): Middleware => ({ apply })
/** Of parts of the design system that are not used here; the build wants the names. */
export const [arrow, offset] = [shift, shift]
/** Told by name only: where a list stands is always followed. */
export const autoUpdate = undefined

/** How far to go on which side of what opened it; `x` and `y` in pixels from where it stands without that. */
interface Place {
  x: number
  y: number
  above: boolean
}

export function useFloating({ middleware, placement }: { middleware: Middleware[]; placement: string }) {
  const [reference, setReference] = useState<HTMLElement | null>(null)
  const [floating, setFloating] = useState<HTMLElement | null>(null)
  const [place, setPlace] = useState<Place>()
  // another array in each drawing, of the same things
  const wanted = useRef(middleware)

  const update = useCallback(() => {
    if (!reference || !floating) return
    const opener = reference.getBoundingClientRect()
    for (const { apply } of wanted.current) apply?.({ rects: { reference: opener }, elements: { floating } })
    const own = floating.getBoundingClientRect()
    const flips = wanted.current.some((one) => one.flips)
    const below = window.innerHeight - opener.bottom
    const above = placement.startsWith('top') || (flips && own.height > below && opener.top > below)
    setPlace((before = { x: 0, y: 0, above }) => {
      const x = Math.round(before.x + opener.left - own.left)
      const y = Math.round(before.y + (above ? opener.top - own.height : opener.bottom) - own.top)
      return x === before.x && y === before.y && above === before.above ? before : { x, y, above }
    })
  }, [reference, floating, placement])

  useLayoutEffect(() => {
    if (!reference || !floating) return
    update()
    const sizes = new ResizeObserver(update)
    for (const one of [reference, floating]) sizes.observe(one)
    window.addEventListener('scroll', update, { capture: true, passive: true })
    window.addEventListener('resize', update)
    return () => {
      sizes.disconnect()
      window.removeEventListener('scroll', update, { capture: true })
      window.removeEventListener('resize', update)
    }
  }, [reference, floating, update])

  const floatingStyles: CSSProperties = {
    position: 'absolute',
    left: 0,
    top: 0,
    transform: `translate(${place?.x ?? 0}px, ${place?.y ?? 0}px)`,
  }
  const side = place?.above ? placement.replace('bottom', 'top') : placement
  return {
    refs: useMemo(() => ({ setReference, setFloating }), []),
    floatingStyles,
    placement: side,
    update,
  }
}
