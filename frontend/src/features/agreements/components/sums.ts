import type { Schemas } from '../../../api/client'

/** What sums need of a contribution; the API's, or one while it is written. */
export type Putting = Pick<Schemas['AgreementContribution'], 'organisation_id' | 'kind' | 'year' | 'cents'>

interface Sum {
  party: string
  /** Cents put in every year. */
  yearly: number
  /** Cents put in in single years, all together. */
  single: number
}

/** The money by party, in the order in which they appear. */
export function sumsOf(contributions: Putting[]): Sum[] {
  const found = new Map<string, Sum>()
  for (const { organisation_id: party, kind, year, cents } of contributions) {
    if (kind !== 'money' || !cents || !party) continue
    const sum = found.get(party) ?? { party, yearly: 0, single: 0 }
    if (year) sum.single += cents
    else sum.yearly += cents
    found.set(party, sum)
  }
  return [...found.values()]
}
