import { useLingui } from '@lingui/react/macro'
import type { Faults } from '../../../ui/Form'
import { type Draft, sumOf } from './draft'

/** What is wrong with a draft, seen before anything is sent. */
export function useDraftFaults() {
  const { t } = useLingui()
  return ({ figures, contributions, stories }: Draft): Faults => {
    const found: Faults = {}
    const seen = new Set<string>()
    figures.forEach((row, place) => {
      const name = `${row.what} ${row.target_group}`
      const pointer = `/content/figures/${place}`
      if (seen.has(name)) found[`${pointer}/what`] = t`This figure of these people stands above already.`
      seen.add(name)
      if (sumOf(row) === null) found[row.monthly ? `${pointer}/months/1` : `${pointer}/amount`] = t`Give a number.`
    })
    contributions.forEach((one, place) => {
      if (one.kind === 'money' && one.cents === null) found[`/content/contributions/${place}/cents`] = t`Give the sum.`
    })
    stories.forEach((one, place) => {
      if (!one.text.trim()) found[`/content/stories/${place}`] = t`This is needed.`
    })
    return found
  }
}
