import type { Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { useWrite, withVersion } from '../../../ui/useWrite'

export type Agreement = Schemas['AgreementPublic']
export type Content = Schemas['AgreementContent']

/** What an agreement says, be it the working copy or a frozen version. */
export interface Said {
  title: string
  starts_on: string | null
  ends_on: string | null
  content: Content
}

/** Parameters of a write to an agreement as it is known. */
export const at = (agreement: Agreement) => ({
  path: { agreement_id: agreement.id },
  header: withVersion(agreement.version),
})

export const useAgreementWrite = () => useWrite('agreements', 'tasks')

export function periodOf({ starts_on, ends_on }: Pick<Said, 'starts_on' | 'ends_on'>): string {
  return starts_on || ends_on ? `${formatDay(starts_on)} – ${formatDay(ends_on)}`.trim() : ''
}

/** The name of a party by its id. */
export const partyName = ({ parties }: Pick<Agreement, 'parties'>, id: string) =>
  textOf(parties.find((one) => one.id === id)?.names)
