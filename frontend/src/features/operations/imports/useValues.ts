import { useLingui } from '@lingui/react/macro'
import { formatEnd, formatMoment, formatMoney } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { useMunicipalities } from '../../../lib/municipalities'
import { valueText } from './values'

const MUNICIPALITIES = ['home_municipality_code', 'municipality_codes']
/** What the codes of a field stand for. */
export const CODES: Record<string, Record<string, (typeof enumLabels.Sector)['municipality']>> = {
  sector: enumLabels.Sector,
  legal_form: enumLabels.LegalForm,
}
const SEVERAL: typeof CODES = { legal_forms: enumLabels.LegalForm }

/** Values of fields in words: codes by what they stand for. */
export function useValues() {
  const { t } = useLingui()
  const municipalities = useMunicipalities()
  return (field: string, value: unknown): string =>
    valueText(value, (one) => {
      if (typeof one === 'boolean') return one ? t`Yes` : t`No`
      if (field.endsWith('_cents')) return formatMoney(Number(one))
      if (field === 'opens_at') return formatMoment(String(one))
      if (field === 'closes_at') return formatEnd(String(one))
      if (MUNICIPALITIES.includes(field)) return municipalities.name(String(one))
      const word = (CODES[field] ?? SEVERAL[field])?.[String(one)]
      return word ? t(word) : String(one)
    })
}
