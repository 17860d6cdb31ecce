import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { scopesOf, useMe } from '../../../lib/me'

type Application = Schemas['ApplicationPublic']

/** Who edits the working copy: the leading applicant, and those who accepted to apply with it. */
export const writersOf = (application: Application) => [
  application.applicant,
  ...application.co_applicants.filter((one) => one.answer === 'accepted'),
]

/** Whether the person prepares applications for one of the applicants; undefined while that is not known. */
export function useMayWrite(application: Application): boolean | undefined {
  const me = useMe()
  const edits = scopesOf(me, 'organisation', 'applications:write')
  return me && application.working_copy && writersOf(application).some((one) => edits.includes(one.id))
}

/** What an organisation answered that was asked to apply together. */
export function useAnswerLabels() {
  const { t } = useLingui()
  return ({ answer, confirmed }: Pick<Schemas['CoApplicantPublic'], 'answer' | 'confirmed'>) =>
    answer === 'accepted' && !confirmed
      ? t`Has accepted, is not confirmed yet`
      : answer === null
        ? t`Has not answered yet`
        : { accepted: t`Has accepted`, declined: t`Does not apply`, left: t`Has left` }[answer]
}
