import { useLingui } from '@lingui/react/macro'
import { LANGUAGES, type Texts } from '../../../lib/language'
import type { Faulty } from '../../../ui/Form'
import { TextArea, TextField } from '../../../ui/inputs'

/** A text in each language; those left empty are not there. */
export function TextsFields({
  label,
  name,
  value,
  onChange,
  faultOf,
  long = false,
  optional = false,
}: {
  label: string
  name: string
  value: Texts
  onChange: (value: Texts) => void
  faultOf: (pointer: string) => Faulty
  long?: boolean
  optional?: boolean
}) {
  const { t } = useLingui()
  const words = { fi: t`in Finnish`, sv: t`in Swedish`, en: t`in English` }
  const Input = long ? TextArea : TextField
  return LANGUAGES.map((one) => (
    <Input
      key={one}
      label={`${label} (${words[one]})`}
      name={`${name}/${one}`}
      value={value[one] ?? ''}
      onChange={(text) => onChange({ ...value, [one]: text })}
      fault={faultOf(`/${name}/${one}`).status ? faultOf(`/${name}/${one}`) : one === 'fi' ? faultOf(`/${name}`) : {}}
      optional={optional || one !== 'fi'}
    />
  ))
}

/** Without the languages that were left empty; null where nothing is there. */
export function given(texts: Texts): Texts | null {
  const kept = Object.entries(texts).filter(([, text]) => text.trim() !== '')
  return kept.length > 0 ? Object.fromEntries(kept) : null
}
