import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import { TypedInto, useTyped } from '../lib/typed'
import { ChooseField, type Field, type Option } from './inputs'
import { type Picked, Picker } from './Picker'
import styles from './SeveralField.module.css'

/** RepeatedFields of many options: chosen one after another, each can be taken away. */
export function SeveralField({
  options,
  value,
  onChange,
  ...field
}: Omit<Field<string[]>, 'disabled'> & { options: Option[] }) {
  const change = useTyped(field.name, value, onChange)
  const held = value.map((id) => ({ id, label: options.find((one) => one.value === id)?.label ?? id }))
  return (
    <TypedInto.Provider value={null}>
      <ChooseField
        {...field}
        value=""
        onChange={(one) => one && change([...value, one])}
        options={options.filter((one) => !value.includes(one.value))}
      />
      <Chosen label={field.label} of={held} onChange={(left) => change(left.map((one) => one.id))} />
    </TypedInto.Provider>
  )
}

/** The same where there are very many: each is searched for. */
export function SeveralPicker({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  search,
}: Omit<Field<Picked[]>, 'disabled' | 'optional'> & { search: (q: string) => Promise<Picked[]> }) {
  const change = useTyped(name, value, onChange)
  return (
    <TypedInto.Provider value={null}>
      <Picker
        key={value.length}
        label={label}
        hint={hint}
        name={name}
        value={null}
        onChange={(chosen) => chosen && !value.some((one) => one.id === chosen.id) && change([...value, chosen])}
        fault={fault}
        search={search}
        of={name}
      />
      <Chosen label={label} of={value} onChange={change} />
    </TypedInto.Provider>
  )
}

function Chosen({ label, of, onChange }: { label: string; of: Picked[]; onChange: (left: Picked[]) => void }) {
  const { t } = useLingui()
  if (of.length === 0) return null
  return (
    <ul className={styles.chosen} aria-label={t`Chosen: ${label}`}>
      {of.map((one) => (
        <li key={one.id}>
          {one.label}
          <Button
            variant="secondaryNoBorder"
            aria-label={t`Remove: ${one.label}`}
            onClick={() => onChange(of.filter((other) => other.id !== one.id))}
          >{t`Take away`}</Button>
        </li>
      ))}
    </ul>
  )
}
