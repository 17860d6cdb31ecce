import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import styles from './StateFilter.module.css'

type State = Schemas['PartnerRequestState']

const STATES: State[] = ['arrived', 'referred', 'in_preparation', 'supplement_asked', 'decided', 'withdrawn']

/** What is looked for; a case that asked for a puumerkki may have it by now. */
export const FILTERS = { ...enumLabels.PartnerRequestState, referred: msg`Puumerkki asked for` }

export const isState = (value: string | undefined): value is State => STATES.some((one) => one === value)

/** The states side by side; one of them, or all. */
export function StateFilter({
  value,
  onChange,
}: {
  value: State | undefined
  onChange: (state: State | undefined) => void
}) {
  const { t } = useLingui()
  const options: { state: State | undefined; label: string }[] = [
    { state: undefined, label: t`All` },
    ...STATES.map((state) => ({ state, label: t(FILTERS[state]) })),
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser
    <div role="group" aria-label={t`State of the case`} className={styles.states}>
      {options.map(({ state, label }) => (
        <button key={label} type="button" aria-pressed={state === value} onClick={() => onChange(state)}>
          {label}
        </button>
      ))}
    </div>
  )
}
