import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import type { Faulty } from '../../../ui/Form'
import { RadiosField } from '../../../ui/inputs'

export type When = Schemas['MetWhen']

/** By when a condition must be met. */
export function WhenField({
  name,
  value,
  onChange,
  fault,
}: {
  name: string
  value: When
  onChange: (value: When) => void
  fault: Faulty
}) {
  const { t } = useLingui()
  return (
    <RadiosField
      label={t`When must it be met?`}
      hint={t`What only the authority can fulfil is met later.`}
      name={name}
      value={value}
      onChange={(chosen) => onChange(chosen as When)}
      options={(['before', 'later'] as const).map((one) => ({ value: one, label: t(enumLabels.MetWhen[one]) }))}
      fault={fault}
    />
  )
}
