import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'

export type Rule = Schemas['DecisionRule']

/** How a decision rule is said: what each method means, and a rule's fields by name. */
export function useRuleLabels() {
  const { t } = useLingui()
  const methods: Record<Schemas['DecisionMethod'], string> = {
    consensus: t`By consensus: nobody votes against and at least one votes for.`,
    simple_majority: t`By simple majority: more vote for than against; a tie fails.`,
    two_thirds: t`By two thirds: at least two of three votes cast are for.`,
    unanimity: t`By unanimity: all who may vote are for.`,
    no_objection: t`By silence: it passes if nobody objects in time; an objection takes it to a meeting.`,
    meeting_decides: t`A meeting decides and the secretary records it; somebody else confirms.`,
  }
  const parts = (named: Schemas['ApplicationPart'][] | undefined) =>
    (named ?? []).map((one) => t(enumLabels.ApplicationPart[one])).join(', ')
  const fields: Record<string, string> = {
    method: t`How it decides`,
    quorum_percent: t`Quorum, per cent`,
    handling_days: t`Days for reading`,
    ballot_days: t`Days that a ballot is open`,
    validity_days: t`Days that a puumerkki is valid`,
    blanks_count: t`Blank votes count among the votes cast`,
    closes_early: t`A ballot may be closed once all have voted`,
    one_is_enough: t`One member that votes is enough`,
    authority_votes: t`The authority that is asked may vote`,
    shared_owners_apart: t`Members that share an administrator or a signatory vote separately`,
    umbrellas_stand_aside: t`A member to which an applicant belongs does not vote`,
    same_call_stands_aside: t`A member that applies to the same call does not vote`,
    required_parts: t`Parts asked for in an application`,
    minor_fields: t`Parts that may change without a new handling`,
    votes_public: t`Votes by name are public`,
    declines_public: t`Declined applications are public`,
  }
  const value = (name: string, held: unknown): string => {
    if (typeof held === 'boolean') return held ? t`Yes` : t`No`
    if (Array.isArray(held)) return parts(held as Schemas['ApplicationPart'][]) || t`None`
    if (name === 'method') return t(enumLabels.DecisionMethod[held as Schemas['DecisionMethod']])
    return String(held ?? '')
  }
  return { methods, parts, fields, value }
}
