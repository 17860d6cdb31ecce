import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import type { Faulty } from '../../../ui/Form'
import { type Picked, Picker } from '../../../ui/Picker'

/** Several of very many: chosen one after another, each can be taken away. */
export function Several({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  search,
}: {
  label: string
  hint?: string
  name: string
  value: Picked[]
  onChange: (value: Picked[]) => void
  fault: Faulty
  search: (q: string) => Promise<Picked[]>
}) {
  const { t } = useLingui()
  return (
    <>
      <Picker
        key={value.length}
        label={label}
        hint={hint}
        name={name}
        value={null}
        onChange={(chosen) => chosen && !value.some((one) => one.id === chosen.id) && onChange([...value, chosen])}
        fault={fault}
        search={search}
        of={name}
      />
      {value.length > 0 && (
        <ul aria-label={t`Chosen: ${label}`}>
          {value.map((one) => (
            <li key={one.id}>
              {one.label}{' '}
              <Button
                variant="secondaryNoBorder"
                aria-label={t`Take away ${one.label}`}
                onClick={() => onChange(value.filter((other) => other.id !== one.id))}
              >
                {t`Take away`}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
