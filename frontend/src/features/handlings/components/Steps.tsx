import { useLingui } from '@lingui/react/macro'
import { api, type Schemas } from '../../../api/client'
import { useArrived } from '../../../lib/urlState'
import { type Action, Actions, type Runs } from '../../../ui/Actions'
import { formsOfSteps, type HandlingStep, useEndorsementSteps } from './endorsementSteps'
import { type Ballot, ballotStep, type Handling, step, useHandlingWrite, WAYS } from './handling'

/** What leads on stands first, what takes back last. */
const ORDER: HandlingStep[] = [
  'ask_again',
  'state_view',
  'confirm_revocation',
  'confirm_prolongation',
  'confirm_recorded',
  'confirm_annulment',
  'settle_claim',
  'begin_review',
  'confirm_decision',
  'endorse',
  'close_ballot',
  'decline',
  'confirm_conditions',
  'open_ballot',
  'give_statement',
  'record_decision',
  'record_reading',
  'take_new_version',
  'reopen_review',
  'ask_for_ballot',
  'return',
  'annul_ballot',
  'drop_annulment',
  'drop_claim',
  'drop_revocation',
  'drop_prolongation',
  'prolong',
  'revoke',
]

/** Where one of these stands in the way, the step is not this case's at all: nothing is said of it. */
const BESIDE = [
  'network_advises',
  'network_decides',
  'no_conditions',
  'days_not_over',
  'ballot_asked',
  'nothing_recorded',
  'no_annulment',
  'no_ballot',
  'annulment_waits',
  'no_newer_version',
  'no_claim',
  'nothing_to_settle',
  'not_settler',
  'no_decision',
  'decision_stands',
  'no_revocation',
  'no_prolongation',
  'under_review',
  'ballot_decides',
  'hearing_over',
  'already_prolonged',
  'not_yours_to_drop',
]

/** The steps of whoever leads or records the network's work, each with its form. */
export function Steps({ handling, ballot }: { handling: Handling; ballot: Ballot | undefined }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const at = step(handling)
  const arrival = useArrived()
  const arrived = arrival.arrived === 'decide' ? deciding(handling) : arrival.arrived
  /** What is sent, then the window closes. */
  const then = (close: () => void, call: () => Promise<unknown>) => async () => {
    await call()
    close()
  }
  const powers = useEndorsementSteps(handling)
  const run: Runs<HandlingStep> = {
    ...powers,
    begin_review: {
      label: t`Take up for review`,
      onClick: () => write(api.POST('/api/v1/handlings/{handling_id}/begin_review', at), t`Taken up for review`),
    },
    return: {
      label: t`Return for mending`,
      ...formsOfSteps((of, close) => <of.ReturnForm handling={handling} close={close} />),
    },
    record_reading: {
      label: t`Record a reading`,
      ...formsOfSteps((of, close) => <of.ReadingForm handling={handling} close={close} />),
    },
    open_ballot: {
      // a decision of a meeting waits for its second person, or for its day
      ends: handling.decisions.some((one) => one.effective_at === null && one.fell_at === null),
      label: t`Open a ballot`,
      ...formsOfSteps((of, close) => <of.OpenBallotForm handling={handling} close={close} />),
    },
    close_ballot: {
      label: t`Close the ballot now`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Close the ballot`}
          send={then(close, async () => {
            if (ballot)
              await write(
                api.POST('/api/v1/handlings/{handling_id}/ballot/close', ballotStep(ballot)),
                t`The ballot is closed`,
              )
          })}
        >
          {t`All have voted. After the close no vote can be changed.`}
        </of.SureForm>
      )),
    },
    endorse: {
      label: t`Give the puumerkki`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Give the puumerkki`}
          send={then(close, () =>
            write(api.POST('/api/v1/handlings/{handling_id}/endorse', at), t`The puumerkki is given`),
          )}
        >
          {t`The network's puumerkki is put on version ${handling.version_number} as it is now. It is shown in the public register.`}
        </of.SureForm>
      )),
    },
    decline: {
      label: t`Decline`,
      ...formsOfSteps((of, close) => (
        <of.ReasonForm
          label={t`Decline`}
          field={t`Why`}
          send={async (reason) => {
            await write(api.POST('/api/v1/handlings/{handling_id}/decline', { ...at, body: { reason } }), t`Declined`)
            close()
          }}
        >
          {t`The applicant is told the reason.`}
        </of.ReasonForm>
      )),
    },
    record_decision: {
      label: t`Record a meeting's decision`,
      ...formsOfSteps((of, close) => <of.DecisionForm handling={handling} close={close} />),
    },
    confirm_decision: {
      label: t`Confirm the decision`,
      ...formsOfSteps((of, close) => <of.ConfirmForm handling={handling} close={close} />),
    },
    reopen_review: {
      label: t`Back to review`,
      ...formsOfSteps((of, close) => (
        <of.ReasonForm
          label={t`Back to review`}
          field={t`Why`}
          send={async (reason) => {
            const body = { reason }
            await write(
              api.POST('/api/v1/handlings/{handling_id}/reopen_review', { ...at, body }),
              t`The handling is in review again`,
            )
            close()
          }}
        />
      )),
    },
    confirm_conditions: {
      label: t`Confirm conditions as met`,
      ...formsOfSteps((of, close) => <of.ConditionsForm handling={handling} close={close} />),
    },
    take_new_version: {
      label: t`Handle the new version anew`,
      ...formsOfSteps((of, close) => (
        <of.SureForm
          label={t`Handle anew`}
          send={then(close, () =>
            write(
              api.POST('/api/v1/handlings/{handling_id}/take_new_version', at),
              t`The new version is before the network`,
            ),
          )}
        >
          {t`The new version changes more than the conditions asked for. The present puumerkki is superseded.`}
        </of.SureForm>
      )),
    },
    give_statement: {
      label: t`Give the statement`,
      ...formsOfSteps((of, close) => <of.StatementForm handling={handling} close={close} />),
    },
    // with the ballot
    answer_condition: null,
    state_standing: null,
    // with the recorded decision
    answer_decision: null,
    // with the conditions
    answer_claim: null,
    refuse_claim: null,
  }
  const shown = oneWayToRevoke(handling.available_actions)
    .filter((one) => !BESIDE.includes(one.blocked_by ?? ''))
    .map((one) => (one.action === 'close_ballot' && one.allowed ? closing(one, ballot) : one))
    .sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action))
  return <Actions of={shown} run={run} {...arrival} arrived={arrived} />
}

/** Of the ways to bring a review to a decision the one that is next, as the box on top says it. */
function deciding({ available_actions, readings, rule, version_number }: Handling): HandlingStep | undefined {
  const read = readings.some((one) => one.version_number === version_number)
  const ways: HandlingStep[] = [
    'give_statement',
    ...(rule?.method === 'meeting_decides' ? (['record_decision'] as const) : []),
    ...(read ? [] : (['record_reading'] as const)),
    'open_ballot',
    'record_decision',
  ]
  return ways.find((way) => available_actions.some((one) => one.allowed && one.action === way))
}

/** What of an open ballot stands in the way of closing it early: that is no secret, but no fact of the handling. */
function closing<A extends string>(one: Action<A>, ballot: Ballot | undefined): Action<A> {
  if (!allVoted(ballot)) return { ...one, allowed: false, blocked_by: 'votes_missing' }
  const agreed = ballot !== undefined && (ballot.rule.closes_early || ballot.early_close_agreed >= 2)
  return agreed ? one : { ...one, allowed: false, blocked_by: 'early_close_not_agreed' }
}

/** The three ways to revoke are one button; which of them is possible is said in its form. */
function oneWayToRevoke(actions: Action<Schemas['HandlingAction']>[]): Action<HandlingStep>[] {
  const ways: string[] = Object.values(WAYS)
  const known = actions.filter((one) => ways.includes(one.action))
  const best = known.find((one) => one.allowed) ?? known[0]
  const others = actions.filter((one): one is Action<Exclude<HandlingStep, 'revoke'>> => !ways.includes(one.action))
  return best ? [...others, { ...best, action: 'revoke' }] : others
}

/** All have voted themselves; a recorded vote does not count for it. */
const allVoted = (ballot: Ballot | undefined) =>
  ballot !== undefined && ballot.turnout > 0 && ballot.recorded === 0 && ballot.missing?.length === 0
