import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'

export type Scope = Schemas['P']
export type Role = Schemas['Role']

/** What a machine can be in an organisation, and what each role may do: the API's rules, held by a test. */
export const ALLOWS: Partial<Record<Role, Scope[]>> = {
  viewer: ['organisations:read', 'applications:read', 'agreements:read'],
  editor: [
    'organisations:read',
    'organisations:update',
    'applications:read',
    'applications:write',
    'applications:submit',
    'filings:write',
    'agreements:read',
    'agreements:write',
    'reports:write',
    'needs:raise',
    'calls:publish',
    'discussions:write',
  ],
  officer: [
    'organisations:read',
    'partner_requests:read',
    'partner_requests:propose',
    'agreements:read',
    'agreements:write',
    'reports:write',
    'calls:publish',
    'discussions:write',
  ],
  registry: ['organisations:read', 'partner_requests:read', 'agreements:read', 'discussions:write'],
}

/** Only an authority has these roles. */
export const OF_AUTHORITIES: Role[] = ['officer', 'registry']

const SCOPE_WORDS: Partial<Record<Scope, MessageDescriptor>> = {
  'organisations:read': msg`Read the organisation’s own matters`,
  'organisations:update': msg`Change what the organisation says of itself`,
  'applications:read': msg`Read applications`,
  'applications:write': msg`Write applications`,
  'applications:submit': msg`Submit applications`,
  'filings:write': msg`Record filings at funders`,
  'agreements:read': msg`Read agreements`,
  'agreements:write': msg`Write agreements`,
  'reports:write': msg`Write reports and evaluations`,
  'needs:raise': msg`Raise needs`,
  'calls:publish': msg`Publish funding calls`,
  'discussions:write': msg`Comment and attach files`,
  'partner_requests:read': msg`Read partner requests`,
  'partner_requests:propose': msg`Propose decisions on partner requests`,
}

/** What any of the roles may do, in the order of the words. */
export const allowedTo = (roles: string[]): Scope[] => {
  const allowed = new Set(roles.flatMap((one) => ALLOWS[one as Role] ?? []))
  return (Object.keys(SCOPE_WORDS) as Scope[]).filter((one) => allowed.has(one))
}

/** A scope in words; one that no role here allows is shown by its code. */
export function useScopeText(): (scope: Scope) => string {
  const { t } = useLingui()
  return (scope) => {
    const words = SCOPE_WORDS[scope]
    return words ? t(words) : scope
  }
}
