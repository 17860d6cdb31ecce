import { useCallback, useState } from 'react'
import type { Offer } from '../lib/kept'

/** The words that are offered, the newest first. */
export function useOffers() {
  const [offers, setOffers] = useState<Offer[]>([])
  const remove = useCallback((gone: Offer) => setOffers((all) => all.filter((one) => one.key !== gone.key)), [])
  const add = useCallback(
    (found: Offer) =>
      setOffers((all) => [...all.filter((one) => one.key !== found.key), found].sort((a, b) => b.at - a.at)),
    [],
  )
  return { offers, add, remove }
}
