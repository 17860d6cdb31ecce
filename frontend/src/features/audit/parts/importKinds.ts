import type { Schemas } from '../../../api/client'
import { isOperator, type Role, scopesOf, useMe } from '../../../lib/me'
import { IMPORT_KINDS } from './words'

type Kind = Schemas['ImportKind']

/** Where one has which role to bring rows of a kind in; those who run the service are shown all kinds. */
const BY: [Kind, 'network' | 'organisation', Role[]][] = [
  ['members', 'network', ['coordinator']],
  ['needs', 'network', ['coordinator']],
  ['applications', 'organisation', ['editor']],
  ['agreements', 'organisation', ['signatory', 'decider']],
  ['proposals', 'organisation', ['officer']],
]

/** What somebody can import. */
export function useImportKinds(): Kind[] {
  const me = useMe()
  if (isOperator(me)) return Object.keys(IMPORT_KINDS) as Kind[]
  return BY.filter(([, scope, roles]) => scopesOf(me, scope, ...roles).length > 0).map(([kind]) => kind)
}
