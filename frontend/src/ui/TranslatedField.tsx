import { useLingui } from '@lingui/react/macro'
import type { Texts } from '../lib/language'
import type { Faulty } from './Form'
import { TextArea, TextField } from './inputs'
import styles from './TranslatedField.module.css'

/** A text in Finnish, Swedish and English; what is left empty is left out. `name`: its pointer without the first slash. */
export function TranslatedField({
  label,
  hint,
  name,
  value,
  onChange,
  faultOf,
  optional,
  long,
}: {
  label: string
  hint?: string
  name: string
  value: Texts
  onChange: (value: Texts) => void
  faultOf: (pointer: string) => Faulty
  optional?: boolean
  /** Of several lines. */
  long?: boolean
}) {
  const { t } = useLingui()
  const labels = [
    { code: 'fi', label: t`${label}, in Finnish` },
    { code: 'sv', label: t`${label}, in Swedish` },
    { code: 'en', label: t`${label}, in English` },
  ]
  const Input = long ? TextArea : TextField
  return (
    <fieldset className={styles.group} aria-label={label}>
      {labels.map((one, place) => (
        <Input
          key={one.code}
          label={one.label}
          hint={place === 0 ? hint : undefined}
          name={place === 0 ? name : `${name}/${one.code}`}
          value={value[one.code] ?? ''}
          onChange={(text) => onChange({ ...value, [one.code]: text })}
          fault={place === 0 ? { ...faultOf(`/${name}`), ...faultOf(`/${name}/fi`) } : faultOf(`/${name}/${one.code}`)}
          optional={optional || place > 0}
        />
      ))}
    </fieldset>
  )
}

/** The languages that were filled in, or null where none was. */
export function filled(texts: Texts): Texts | null {
  const given = Object.entries(texts).flatMap(([code, text]) => (text.trim() ? [[code, text.trim()]] : []))
  return given.length > 0 ? Object.fromEntries(given) : null
}
