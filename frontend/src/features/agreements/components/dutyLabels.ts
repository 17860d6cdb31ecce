import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'

type Duty = Pick<Schemas['AgreementDutyPublic'], 'kind' | 'year' | 'what'>

/** What a duty is called, and what one says by marking it as done. */
export function useDutyLabels() {
  const { t } = useLingui()
  return {
    nameOf({ kind, year, what }: Duty): string {
      const about = String(year)
      switch (kind) {
        case 'confirmation':
          return t`Confirmation of the year ${about}`
        case 'report':
          return t`Report for ${about}: ${what}`
        case 'evaluation':
          return t`Evaluation of ${about}`
        case 'contact_check':
          return t`Check of the contact persons ${about}`
        case 'renewal':
          return t`Decision whether it goes on`
      }
    },
    hintOf({ kind, year }: Duty): string {
      const about = String(year)
      switch (kind) {
        case 'confirmation':
          return t`Your organisation holds to the agreement in ${about} as it is in force.`
        case 'report':
          return t`The other parties have got the report.`
        case 'evaluation':
          return t`Your organisation has told the other parties how it went.`
        case 'contact_check':
          return t`The contact persons of your organisation and their addresses are right.`
        case 'renewal':
          return t`Your organisation has told the other parties whether it wants to go on. If it wants to, draft what goes on instead.`
      }
    },
  }
}
