import { Plural, useLingui } from '@lingui/react/macro'
import styles from './Rules.module.css'
import { type Rule, useRuleWords } from './ruleWords'

/** The decision rule in sentences. */
export function RuleInWords({ rule }: { rule: Rule }) {
  const { t } = useLingui()
  const { methods, parts } = useRuleWords()
  const quorum = rule.quorum_percent ?? 0
  const minor = parts(rule.minor_fields)
  const required = parts(rule.required_parts)
  return (
    <ul className={styles.sentences}>
      <li>{methods[rule.method]}</li>
      <li>
        {quorum > 0
          ? t`There is a quorum when ${quorum} per cent of those who may vote have voted, blank votes included.`
          : t`There is no quorum.`}{' '}
        {rule.blanks_count ? t`Blank votes count among the votes cast.` : t`Blank votes do not count for or against.`}
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
        {rule.one_is_enough
          ? t`One member that votes is enough for a decision.`
          : t`At least two members must vote for a decision.`}
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
      <li>
        {rule.votes_public ? t`Who voted how is public.` : t`Who voted how is not public.`}{' '}
        {rule.declines_public ? t`Declined applications are public.` : t`Declined applications are not public.`}
      </li>
    </ul>
  )
}
