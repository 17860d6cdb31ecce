import type { Schemas } from '../../../api/client'
import { isOperator, type Permission, scopesOf, useMe } from '../../../lib/me'
import { IMPORT_KINDS } from './labels'

type Kind = Schemas['ImportKind']

interface Where {
  scope: 'network' | 'organisation'
  permission: Permission
}

/** Whose rows they are, and the permission to bring them in there; `null`: everybody's, for those who run the service. */
export const WHERE: Record<Kind, Where | null> = {
  organisations: null,
  members: { scope: 'network', permission: 'networks:lead' },
  needs: { scope: 'network', permission: 'needs:agree' },
  applications: { scope: 'organisation', permission: 'applications:write' },
  calls: { scope: 'organisation', permission: 'calls:publish' },
  agreements: { scope: 'organisation', permission: 'agreements:sign' },
  people: { scope: 'organisation', permission: 'people:manage' },
  representatives: { scope: 'organisation', permission: 'memberships:manage' },
  reports: { scope: 'organisation', permission: 'reports:write' },
  proposals: { scope: 'organisation', permission: 'partner_requests:propose' },
}

/** What somebody can import. Those who run the service have no part in others' networks and organisations by that. */
export function useImportKinds(): Kind[] {
  const me = useMe()
  return (Object.keys(IMPORT_KINDS) as Kind[]).filter((kind) => {
    const where = WHERE[kind]
    return where === null ? isOperator(me) : scopesOf(me, where.scope, where.permission).length > 0
  })
}

/** Where another file of the same kind is sent, for the same network or organisation. */
export const newOf = (of: Pick<Schemas['ImportDetails'], 'kind' | 'network_id' | 'organisation_id'>) =>
  [
    `imports/new?kind=${of.kind}`,
    of.network_id && `network=${of.network_id}`,
    of.organisation_id && `organisation=${of.organisation_id}`,
  ]
    .filter(Boolean)
    .join('&')
