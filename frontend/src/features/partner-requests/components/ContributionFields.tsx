import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import type { Faults, Faulty } from '../../../ui/Form'
import { ChooseField, MoneyField, NumberField, TextField } from '../../../ui/inputs'

/** A contribution while it is written; `key` tells it from the others. */
export interface Draft {
  key: number
  kind: Schemas['ContributionKind']
  cents: number | null
  hours: number | null
  description: string
}

let made = 0
/** A new one, or one that was written before. */
export const newDraft = (of?: Schemas['Contribution']): Draft => ({
  key: made++,
  kind: of?.kind ?? 'money',
  cents: of?.cents ?? null,
  hours: of?.hours ?? null,
  description: of?.description ?? '',
})

/** As the API takes it: only money has a sum, only working time has hours. */
export const drafted = ({ kind, cents, hours, description }: Draft): Schemas['Contribution'] => ({
  kind,
  cents: kind === 'money' ? cents : null,
  hours: kind === 'working_time' ? hours : null,
  description: description.trim(),
})

/** What is missing in contributions, by its pointer. */
export function useContributionFaults() {
  const { t } = useLingui()
  return (drafts: Draft[]): Faults => {
    const found: Faults = {}
    drafts.forEach((one, place) => {
      if (one.kind === 'money' && one.cents === null) found[`/contributions/${place}/cents`] = t`Give the sum.`
      if (!one.description.trim()) found[`/contributions/${place}/description`] = t`Say what it is.`
    })
    return found
  }
}

/** What the authority puts in, one below the other. */
export function ContributionFields({
  value,
  onChange,
  faultOf,
}: {
  value: Draft[]
  onChange: (value: Draft[]) => void
  faultOf: (pointer: string) => Faulty
}) {
  const { t } = useLingui()
  const change = (key: number, changed: Partial<Draft>) =>
    onChange(value.map((one) => (one.key === key ? { ...one, ...changed } : one)))
  return value.map((one, place) => {
    const at = `contributions/${place}`
    const number = place + 1
    return (
      <fieldset key={one.key} style={{ margin: '0 0 16px', border: '1px solid var(--line)', borderRadius: 4 }}>
        <legend>{t`Contribution ${number}`}</legend>
        <ChooseField
          label={t`Kind`}
          name={`${at}/kind`}
          value={one.kind}
          onChange={(kind) => change(one.key, { kind: kind as Draft['kind'] })}
          options={Object.entries(enumLabels.ContributionKind).map(([kind, word]) => ({ value: kind, label: t(word) }))}
        />
        {one.kind === 'money' && (
          <MoneyField
            label={t`Sum, €`}
            name={`${at}/cents`}
            value={one.cents}
            onChange={(cents) => change(one.key, { cents })}
            fault={faultOf(`/${at}/cents`)}
          />
        )}
        {one.kind === 'working_time' && (
          <NumberField
            label={t`Hours`}
            optional
            name={`${at}/hours`}
            value={one.hours}
            onChange={(hours) => change(one.key, { hours })}
            fault={faultOf(`/${at}/hours`)}
          />
        )}
        <TextField
          label={t`What it is`}
          name={`${at}/description`}
          value={one.description}
          onChange={(description) => change(one.key, { description })}
          fault={faultOf(`/${at}/description`)}
        />
        <Button
          variant="secondaryNoBorder"
          onClick={() => onChange(value.filter((other) => other.key !== one.key))}
        >{t`Remove contribution ${number}`}</Button>
      </fieldset>
    )
  })
}
