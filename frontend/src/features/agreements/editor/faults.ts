import { useLingui } from '@lingui/react/macro'
import type { Faults } from '../../../ui/Form'
import { usePeriodFaults } from '../components/PeriodFields'
import type { Draft } from './draft'

/** What is wrong with a draft, seen before anything is sent. */
export function useDraftFaults() {
  const { t } = useLingui()
  const faultsOfPeriod = usePeriodFaults()
  return (draft: Draft): Faults => {
    const found: Faults = { ...faultsOfPeriod(draft) }
    const need = (value: unknown, pointer: string) => {
      if (!value) found[pointer] = t`This is needed.`
    }
    if (!draft.title.trim()) found['/title'] = t`Give the agreement a name.`
    draft.contributions.forEach((one, place) => {
      need(one.organisation_id, `/content/contributions/${place}/organisation_id`)
      if (one.kind === 'money' && one.cents === null) found[`/content/contributions/${place}/cents`] = t`Give the sum.`
    })
    draft.reporting.forEach((one, place) => {
      for (const field of ['organisation_id', 'what', 'due'] as const)
        need(one[field].trim(), `/content/reporting/${place}/${field}`)
    })
    draft.contacts.forEach((one, place) => {
      for (const field of ['organisation_id', 'name'] as const) need(one[field].trim(), `/contacts/${place}/${field}`)
    })
    return found
  }
}
