import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { typedMoney } from '../lib/format'
import { bothReadings, readMoney } from '../lib/money'

/** How what a person types is read and written; `bad`: what to say where it cannot be read. */
export interface Reading<T> {
  read: (typed: string) => T | null
  write: (value: T | null) => string
  bad: string | ((typed: string) => string)
}

/** Sums, in cents; of one with two readings both are said. */
export function useMoney(): Reading<number> {
  const { t } = useLingui()
  return useMemo(() => {
    const bad = (typed: string) => {
      const [first, second] = bothReadings(typed) ?? []
      if (!first || !second) return t`Write a sum such as 1250 or 1250,50.`
      return t`This can be ${first} or ${second}. Write it plainly, such as 1250 or 1250,50.`
    }
    return { read: readMoney, write: typedMoney, bad }
  }, [t])
}
