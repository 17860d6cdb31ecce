import { useEffect, useRef, useSyncExternalStore } from 'react'
import { person, subscribe } from '../../api/session'
import type { Autosave } from '../../lib/drafts/autosave'
import { drop, Keeping, pagePath, type Values } from '../../lib/kept'
import { KeptWords } from '../Kept'
import { useOffers } from '../useOffers'

/**
 * What is not saved of a draft is kept on the device; the words of another time are offered, and merged with what stands
 * there now. `took`: told when they were taken. What it draws, or null.
 */
export function useKeptDraft<D extends object>(saving: Autosave<D>, took?: () => void) {
  const who = useSyncExternalStore(subscribe, person)
  const { offers, add, remove } = useOffers()
  const place = useRef(`${pagePath()}|draft`)

  useEffect(() => {
    if (who === null) return
    const keeping = new Keeping(who, place.current, add)
    const keep = () => {
      const { values, base } = saving.unsaved()
      keeping.write(values as Values, base as Values)
    }
    keep()
    const stop = saving.subscribe(keep)
    return () => {
      stop()
      keeping.leave()
    }
  }, [who, saving, add])

  const [offer] = offers
  if (offer === undefined) return null
  const end = () => {
    drop(offer)
    remove(offer)
  }
  const take = () => {
    saving.resume(offer.values as Partial<D>, offer.base as Partial<D>)
    took?.()
    end()
  }
  return <KeptWords offer={offer} overtaken={false} take={take} drop={end} />
}
