import { type ReactNode, useCallback, useEffect, useReducer, useState } from 'react'
import { Failure, Skeleton } from './Feedback'

/** A module that is fetched when it is needed first, or is about to be. */
export interface Part<Module> {
  held: Module | undefined
  fetch: () => Promise<Module>
}

/** `load` imports the module: `() => import('./forms')`. After a failure it is imported again when asked for again. */
export function part<Module>(load: () => Promise<Module>): Part<Module> {
  let coming: Promise<Module> | undefined
  const one: Part<Module> = {
    held: undefined,
    fetch: () => {
      coming ??= load().then(
        (module) => {
          one.held = module
          return module
        },
        (error) => {
          coming = undefined
          throw error
        },
      )
      return coming
    },
  }
  return one
}

/** For what opens a part: it is fetched when somebody points at it or comes to it by the keyboard. */
export function preloading(of: Part<unknown>) {
  const fetch = () => {
    // whoever opens it is told that it failed
    of.fetch().catch(() => undefined)
  }
  return { onMouseEnter: fetch, onFocus: fetch }
}

/** What a part draws, with lines in its place until it is there. */
export function OnDemand<Module>({ of, children }: { of: Part<Module>; children: (module: Module) => ReactNode }) {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0)
  const [error, setError] = useState<unknown>()
  const fetch = useCallback(() => {
    setError(undefined)
    of.fetch().then(draw, setError)
  }, [of])
  useEffect(() => {
    if (of.held === undefined) fetch()
  }, [of, fetch])
  if (of.held !== undefined) return children(of.held)
  return error === undefined ? <Skeleton /> : <Failure error={error} retry={fetch} />
}

/**
 * The forms of a module, for `run` of `Actions`, fetched when one is about to be opened:
 * `...forms((of, close) => <of.ReturnForm close={close} />)`.
 */
export function formsOf<Forms>(load: () => Promise<Forms>) {
  const module = part(load)
  return (draw: (forms: Forms, close: () => void) => ReactNode) => ({
    part: module,
    form: (close: () => void) => <OnDemand of={module}>{(forms) => draw(forms, close)}</OnDemand>,
  })
}
