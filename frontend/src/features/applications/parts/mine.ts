import type { Schemas } from '../../../api/client'
import { scopesOf, useMe } from '../../../lib/me'

/** Whether the person prepares applications for one of the applicants; undefined while that is not known. */
export function useMayWrite(application: Schemas['ApplicationPublic']): boolean | undefined {
  const me = useMe()
  const edits = scopesOf(me, 'organisation', 'editor')
  const applicants = [application.applicant, ...application.co_applicants]
  return me && application.working_copy && applicants.some((one) => edits.includes(one.id))
}
