import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import type { Faulty } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { FORMS } from './sectors'

type Kind = Pick<Schemas['OrganisationCreate'], 'sector' | 'legal_form'>

/** What the organisation is in the field and in law; the legal forms are those of its sector. */
export function SectorFields({
  value,
  onChange,
  faultOf,
  without,
}: {
  value: Kind
  onChange: (value: Kind) => void
  faultOf: (pointer: string) => Faulty
  /** Sectors that cannot be chosen. */
  without: Kind['sector'][]
}) {
  const { t } = useLingui()
  const sectors = (Object.keys(FORMS) as Kind['sector'][]).filter((one) => !without.includes(one))
  return (
    <>
      <ChooseField
        label={t`Sector`}
        name="sector"
        value={value.sector}
        onChange={(chosen) => {
          const now = chosen as Kind['sector']
          const [usual = value.legal_form] = FORMS[now]
          onChange({ sector: now, legal_form: FORMS[now].includes(value.legal_form) ? value.legal_form : usual })
        }}
        fault={faultOf('/sector')}
        options={sectors.map((one) => ({ value: one, label: t(enumLabels.Sector[one]) }))}
      />
      <ChooseField
        label={t`Legal form`}
        name="legal_form"
        value={value.legal_form}
        onChange={(chosen) => onChange({ ...value, legal_form: chosen as Kind['legal_form'] })}
        fault={faultOf('/legal_form')}
        options={FORMS[value.sector].map((one) => ({ value: one, label: t(enumLabels.LegalForm[one]) }))}
      />
    </>
  )
}
