import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { formatDay, formatEnd, formatMoment, lastDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { useMembers } from '../../../lib/members'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'
import { StatusTag } from '../../../ui/StatusTag'
import { FormerBallots } from './FormerBallots'
import styles from './Handling.module.css'
import { type Ballot as BallotOf, choiceLabel, type Handling, may } from './handling'
import { OmittedCondition } from './OmittedCondition'
import { OwnVote, TakePartAgain } from './OwnVote'
import { ProposedConditions } from './ProposedConditions'
import { RecordedVoteForm } from './VoteForm'

/** The newest ballot: one's own votes, the turnout, and after the close what came of it. */
export function Ballot({ handling, ballot }: { handling: Handling; ballot: BallotOf }) {
  const { t } = useLingui()
  const members = useMembers(handling.network_id)
  const [recording, setRecording] = useState(false)
  const named = (id: string) => members.name(id) ?? t`a former member`
  const { turnout, base } = ballot
  const running = ballot.state === 'open'
  const waits = ballot.state === 'closed' && handling.state === 'in_ballot'
  const why = (one: BallotOf['recusals'][number]) => {
    if (one.own_application) return t`own application`
    if (one.tied) return t`all who speak for it are tied to an applicant`
    if (one.gone) return t`no longer a member`
    if (one.elsewhere) return t`whoever speaks for it voted for another member`
    if (one.asked) return t`requires this puumerkki itself`
    if (one.umbrella) return t`an applicant belongs to it`
    if (one.same_call) return t`applies to the same call`
    return one.reason
  }
  const aside = ballot.recusals.map((one) => [named(one.member_id), why(one)].filter(Boolean).join(': '))
  const near = ballot.interests.map((one) =>
    [named(one.member_id), one.umbrella && t`an applicant belongs to it`, one.same_call && t`applies to the same call`]
      .filter(Boolean)
      .join(' – '),
  )
  return (
    <section>
      <div className={styles.head}>
        <Heading variant="h2">{ballot.purpose === 'revoke' ? t`Ballot on revoking the puumerkki` : t`Ballot`}</Heading>
        <StatusTag tone={toneOf(ballot.state)}>{t(enumLabels.BallotState[ballot.state])}</StatusTag>
      </div>
      {running && ballot.disqualified && (
        <InlineAlert labelText={t`You cannot vote here`}>
          <Trans>
            You are tied to an applicant. Whoever else speaks for your organisation votes: its deputy or representative.
          </Trans>
        </InlineAlert>
      )}
      {ballot.may_take_part_again_for.map((member) => (
        <TakePartAgain key={member} ballot={ballot} member={member} name={named(member)} />
      ))}
      {ballot.may_vote_for.map((member) => (
        <OwnVote key={member} ballot={ballot} member={member} name={named(member)} />
      ))}
      {ballot.may_state_standing_for.map((member) => (
        <OmittedCondition key={member} ballot={ballot} member={member} name={named(member)} />
      ))}
      <Facts
        facts={[
          [t`Reason`, ballot.reason],
          [t`Version`, String(ballot.version_number)],
          [t`Opened`, formatMoment(ballot.opened_at)],
          [running ? t`Closes` : t`Closed at`, running ? formatEnd(ballot.closes_at) : formatMoment(ballot.closed_at)],
          [
            t`Takes effect automatically at the end of`,
            waits && ballot.takes_effect_at !== null && formatDay(lastDay(ballot.takes_effect_at)),
          ],
          [t`Decided by`, t(enumLabels.DecisionMethod[ballot.rule.method])],
          [
            t`Turnout`,
            <Plural
              key="turnout"
              value={base}
              one={`${turnout} of # member has voted`}
              other={`${turnout} of # members have voted`}
            />,
          ],
          [t`Of these recorded by the coordinator`, ballot.recorded > 0 && String(ballot.recorded)],
          [t`Has not voted yet`, ballot.missing?.map((one) => textOf(one.organisation_names)).join('\n')],
          [t`One vote together`, members.known && ballot.together.map((one) => one.map(named).join(' – ')).join('\n')],
          [t`Who stands aside`, members.known && aside.join('\n')],
          [t`Votes, although it has an interest of its own`, members.known && near.join('\n')],
          [
            t`Proposed to be annulled`,
            ballot.annulment?.confirmed_at === null &&
              `${t(enumLabels.BallotFault[ballot.annulment.fault])}: ${ballot.annulment.reason}`,
          ],
          [t`Why annulled`, ballot.annulled_reason],
        ]}
      />
      {running && may(handling, 'close_ballot') && (
        <>
          <Button
            variant="secondary"
            onClick={() => setRecording(true)}
          >{t`Record a vote given by phone or mail`}</Button>
          <Dialog open={recording} title={t`Record a vote`} onClose={() => setRecording(false)}>
            <RecordedVoteForm ballot={ballot} members={members.active} close={() => setRecording(false)} />
          </Dialog>
        </>
      )}
      <Result ballot={ballot} />
      <ProposedConditions handling={handling} ballot={ballot} named={named} />
      <Votes ballot={ballot} />
      <FormerBallots handling={handling} />
    </section>
  )
}

function Result({ ballot }: { ballot: BallotOf }) {
  const { t } = useLingui()
  const { result } = ballot
  if (!result) return null
  return (
    <section className={styles.part}>
      <Heading variant="h3">{t`Result`}</Heading>
      <Facts
        facts={[
          [t`Outcome`, t(enumLabels.Outcome[result.outcome])],
          [t(choiceLabel(ballot, 'for')), String(result.votes_for)],
          [t`Of these with conditions`, result.conditional > 0 && String(result.conditional)],
          [t(choiceLabel(ballot, 'against')), String(result.against)],
          [t(choiceLabel(ballot, 'blank')), String(result.blank)],
          [
            t`Quorum`,
            result.quorum_reached
              ? t`reached: at least ${ballot.rule.quorum_percent} % of ${result.base} were needed`
              : t`not reached: at least ${ballot.rule.quorum_percent} % of ${result.base} were needed`,
          ],
        ]}
      />
    </section>
  )
}

function Votes({ ballot }: { ballot: BallotOf }) {
  const { t } = useLingui()
  if (!ballot.votes || ballot.votes.length === 0) return null
  return (
    <section className={styles.part}>
      <Heading variant="h3">{t`Votes by name`}</Heading>
      <Rows>
        {ballot.votes.map((vote) => (
          <Row
            key={vote.member_id}
            head={textOf(vote.organisation_names)}
            status={t(choiceLabel(ballot, vote.choice))}
            meta={[
              vote.recorded && t`recorded by the coordinator`,
              vote.given_by &&
                vote.given_how &&
                `${vote.given_by}, ${t(enumLabels.GivenHow[vote.given_how])}, ${formatDay(vote.given_on)}`,
              vote.condition,
              vote.reason,
            ]}
          />
        ))}
      </Rows>
    </section>
  )
}
