import { useLingui } from '@lingui/react/macro'
import type { Faulty } from '../../../ui/Form'
import { DateField, TextField } from '../../../ui/inputs'

export interface Decided {
  body: string
  day: string | null
  section: string
}

/** Who decided, when, and where it stands in the minutes. */
export function DecidedFields({
  of,
  onChange,
  faultOf,
  optional,
  optionalDay,
}: {
  of: Decided
  onChange: (changed: Decided) => void
  faultOf: (pointer: string) => Faulty
  optional?: boolean
  optionalDay?: boolean
}) {
  const { t } = useLingui()
  return (
    <>
      <TextField
        label={t`Body or office that decided`}
        optional={optional}
        name="body"
        value={of.body}
        onChange={(body) => onChange({ ...of, body })}
        fault={faultOf('/body')}
      />
      <DateField
        label={t`Decided on`}
        optional={optionalDay}
        name="decided_on"
        value={of.day}
        onChange={(day) => onChange({ ...of, day })}
        fault={faultOf('/decided_on')}
      />
      <TextField
        label={t`Section of the minutes`}
        hint={t`For example § 12`}
        optional={optional}
        name="section"
        value={of.section}
        onChange={(section) => onChange({ ...of, section })}
        fault={faultOf('/section')}
      />
    </>
  )
}
