import type { Schemas } from '../../../api/client'
import { isOperator, type Permission, scopesOf, useMe } from '../../../lib/me'
import { IMPORT_KINDS } from './labels'

type Kind = Schemas['ImportKind']

/** Where one has which permission to bring rows of a kind in; those who run the service are shown all kinds. */
const BY: [Kind, 'network' | 'organisation', Permission][] = [
  ['members', 'network', 'networks:lead'],
  ['needs', 'network', 'needs:agree'],
  ['applications', 'organisation', 'applications:write'],
  ['agreements', 'organisation', 'agreements:sign'],
  ['calls', 'organisation', 'calls:publish'],
  ['people', 'organisation', 'people:manage'],
  ['proposals', 'organisation', 'partner_requests:propose'],
]

/** What somebody can import. */
export function useImportKinds(): Kind[] {
  const me = useMe()
  if (isOperator(me)) return Object.keys(IMPORT_KINDS) as Kind[]
  return BY.filter(([, scope, permission]) => scopesOf(me, scope, permission).length > 0).map(([kind]) => kind)
}
