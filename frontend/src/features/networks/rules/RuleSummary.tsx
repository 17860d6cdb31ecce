import { Plural, useLingui } from '@lingui/react/macro'
import styles from './Rules.module.css'
import { type Rule, useRuleLabels } from './ruleLabels'

/** The decision rule in sentences. */
export function RuleSummary({ rule }: { rule: Rule }) {
  const { t } = useLingui()
  const { methods, parts } = useRuleLabels()
  const minor = parts(rule.minor_fields)
  const required = parts(rule.required_parts)
  return (
    <ul className={styles.sentences}>
      <li>{methods[rule.method]}</li>
      <li>
        <Quorum rule={rule} />
      </li>
      <li>
        <Plural
          value={rule.handling_days ?? 0}
          one="Members have # day to read an application before the vote."
          other="Members have # days to read an application before the vote."
        />
      </li>
      <li>
        <Plural value={rule.ballot_days ?? 0} one="A ballot is open for # day." other="A ballot is open for # days." />
      </li>
      <li>
        <Plural
          value={rule.validity_days ?? 0}
          one="A puumerkki is valid for # day."
          other="A puumerkki is valid for # days."
        />
      </li>
      {required && <li>{t`An application must tell: ${required}.`}</li>}
      <li>
        {minor
          ? t`These may change later without a new handling: ${minor}.`
          : t`Any change in an application with a puumerkki asks for a new handling.`}
      </li>
      <li>
        {rule.closes_early
          ? t`A ballot may be closed once all have voted themselves.`
          : t`A ballot is closed early only when all have voted themselves and two members agree.`}
      </li>
      <li>
        <Fewest rule={rule} />
      </li>
      <li>
        {rule.authority_votes
          ? t`The authority that is asked to be a partner may vote.`
          : t`The authority that is asked to be a partner does not vote.`}
      </li>
      <li>
        {rule.shared_owners_apart
          ? t`Members that share an administrator or a signatory vote separately.`
          : t`Members that share an administrator or a signatory have one vote together.`}
      </li>
      {rule.umbrellas_stand_aside && (
        <li>{t`A member to which an applicant belongs does not vote on its application.`}</li>
      )}
      {rule.same_call_stands_aside && (
        <li>{t`A member does not vote on an application to a call to which it applies itself.`}</li>
      )}
      <li>
        {rule.votes_public ? t`Who voted how is public.` : t`Who voted how is not public.`}{' '}
        {rule.declines_public ? t`Declined applications are public.` : t`Declined applications are not public.`}
      </li>
    </ul>
  )
}

/** How many must take part: in a ballot, in silence or in a meeting. */
function Quorum({ rule }: { rule: Rule }) {
  const { t } = useLingui()
  const quorum = rule.quorum_percent ?? 0
  const meeting =
    quorum > 0
      ? t`A meeting has a quorum when ${quorum} per cent of those who may vote are present.`
      : t`A meeting needs no quorum.`
  if (rule.method === 'meeting_decides') return meeting
  if (rule.method === 'no_objection')
    return (
      <>
        {t`Silence is consent and needs no quorum.`} {meeting}
      </>
    )
  return (
    <>
      {quorum > 0
        ? t`There is a quorum when ${quorum} per cent of those who may vote have voted, blank votes included.`
        : t`There is no quorum.`}{' '}
      {rule.blanks_count ? t`Blank votes count among the votes cast.` : t`Blank votes do not count for or against.`}
    </>
  )
}

/** How few are enough: to vote, to be able to object, or to be present. */
function Fewest({ rule }: { rule: Rule }) {
  const { t } = useLingui()
  const one = rule.one_is_enough
  if (rule.method === 'meeting_decides')
    return one ? t`One member present is enough for a decision.` : t`At least two members must be present.`
  if (rule.method === 'no_objection')
    return one ? t`It is enough that one member could object.` : t`There must be at least two members that can object.`
  return one ? t`One member that votes is enough for a decision.` : t`At least two members must vote for a decision.`
}
