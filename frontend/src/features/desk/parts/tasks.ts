import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../../../api/client'
import { dayOf } from '../../../lib/today'

export type Task = Schemas['TaskPublic']

/** What a kind of task asks for, and the page where it is done. */
interface Kind {
  words: MessageDescriptor
  place: (task: Task) => string
}

const handling = (task: Task) => `handlings/${task.subject.id}`
const request = (task: Task) => `partner-requests/${task.subject.id}`
const duties = (task: Task) => `agreements/${task.subject.id}`
const report = (task: Task) => `reports/${task.subject.id}`
const policies = () => 'gate-policies?when=all'
const operators = (task: Task) => `${task.subject.kind}s/${task.subject.id}/operators`
const members = (task: Task) => `networks/${task.network_id}/members`

const KINDS: Record<string, Kind> = {
  agreement_contacts_to_check: { words: msg`Check the contact persons of the agreement`, place: duties },
  agreement_evaluation_due: { words: msg`Evaluate the agreement`, place: duties },
  agreement_renewal_to_decide: { words: msg`Decide whether the agreement goes on`, place: duties },
  agreement_report_due: { words: msg`Report under the agreement`, place: duties },
  agreement_to_confirm: { words: msg`Confirm the agreement for the year`, place: duties },
  agreement_record_to_confirm: {
    words: msg`Confirm an agreement that another party recorded`,
    place: (task) => `agreements/${task.subject.id}`,
  },
  agreement_to_sign: { words: msg`Sign the agreement`, place: (task) => `agreements/${task.subject.id}` },
  application_to_submit: {
    words: msg`Submit before the call closes`,
    place: (task) => `applications/${task.subject.id}/edit`,
  },
  archiving_to_answer: {
    words: msg`It is proposed to archive the organisation: agree or object`,
    place: (task) => `organisations/${task.subject.id}`,
  },
  ballot_to_conclude: { words: msg`Conclude by the ballot`, place: handling },
  annulment_to_confirm: { words: msg`Second person: annulling a ballot has been proposed`, place: handling },
  claim_to_answer: { words: msg`Say whether your condition is met`, place: handling },
  claim_to_settle: { words: msg`Second person: say whether conditions are met`, place: handling },
  ballot_to_open: { words: msg`Open the ballot that the applicant asked for`, place: handling },
  case_to_hand_over: {
    words: msg`Name another person: everybody in office has a conflict of interest in a case`,
    place: (task) => `organisations/${task.subject.id}/people`,
  },
  co_applicant_to_answer: {
    words: msg`Answer whether you apply together`,
    place: (task) => `applications/${task.subject.id}`,
  },
  endorsement_ending: { words: msg`The puumerkki expires soon: extend it once if needed`, place: handling },
  decision_to_answer: { words: msg`Say whether the meeting decided so`, place: handling },
  decision_to_confirm: { words: msg`Confirm a recorded decision`, place: handling },
  gate_policy_coming: { words: msg`A new puumerkki requirement of an authority names the network`, place: policies },
  handling_to_mend: { words: msg`Mend what the network asked for`, place: handling },
  handling_to_review: { words: msg`Take up for review`, place: handling },
  host_to_answer: {
    words: msg`Answer whether the organisation is the host of a group`,
    place: (task) => `organisations/${task.organisation_id}/edit`,
  },
  umbrella_to_check: {
    words: msg`Check whether the organisation belongs to yours as it says`,
    place: (task) => `organisations/${task.organisation_id}/edit`,
  },
  meeting_record: { words: msg`Record what the meeting did`, place: (task) => `meetings/${task.subject.id}` },
  lead_to_choose: { words: msg`Choose who leads: everybody in office has a conflict of interest`, place: handling },
  tie_to_answer: {
    words: msg`Answer what is said about a tie of yours`,
    place: (task) => (task.subject.kind === 'handling' ? handling(task) : request(task)),
  },
  tie_to_settle: {
    words: msg`Second person: settle whether somebody has a tie`,
    place: (task) => (task.subject.kind === 'handling' ? handling(task) : request(task)),
  },
  member_proposal_to_answer: { words: msg`State your view of what is proposed about your membership`, place: members },
  member_proposal_to_confirm: {
    words: msg`Confirm, as the second person, what is proposed about a member`,
    place: members,
  },
  membership_brought_in: { words: msg`Say if your organisation is not a member: a list brought it in`, place: members },
  membership_invitation: { words: msg`Answer an invitation to a network`, place: members },
  membership_request: { words: msg`Answer a request to join`, place: members },
  network_change_to_answer: {
    words: msg`Answer a network's announced change`,
    place: (task) => `networks/${task.network_id}`,
  },
  network_decision_to_confirm: {
    words: msg`Second person: a proposal to the network waits`,
    place: (task) => `networks/${task.network_id}/decisions`,
  },
  network_decision_to_vote: {
    words: msg`Vote on a proposal to the network`,
    place: (task) => `networks/${task.network_id}/decisions`,
  },
  naming_to_answer: { words: msg`An operator names somebody: object if it is wrong`, place: operators },
  naming_to_confirm: { words: msg`Second operator: confirm a naming`, place: operators },
  need_agreement: { words: msg`Agree on a need`, place: (task) => `needs/${task.subject.id}` },
  organisation_refused: {
    words: msg`Correct the organisation's details and ask for confirmation again`,
    place: (task) => `organisations/${task.subject.id}`,
  },
  organisation_to_confirm: {
    words: msg`Confirm an added organisation`,
    place: (task) => `organisations/${task.subject.id}`,
  },
  prolongation_to_confirm: {
    words: msg`Confirm, as the second person, that the puumerkki is extended`,
    place: handling,
  },
  partner_request_to_begin: { words: msg`Begin to prepare`, place: request },
  partner_request_to_decide: { words: msg`Decide on the partnership`, place: request },
  partner_request_to_look_at: { words: msg`Decide whether the decision stays as it is`, place: request },
  proposal_handed_back: { words: msg`See why the proposed decision was handed back`, place: request },
  proposal_to_confirm: { words: msg`Decide on the partnership: a decision has been proposed`, place: request },
  recorded_votes_to_confirm: { words: msg`Second person: were the recorded votes given so?`, place: handling },
  successor_to_answer: {
    words: msg`Answer whether your organisation takes an archived one's place`,
    place: (task) => `organisations/${task.organisation_id}`,
  },
  report_to_accept: { words: msg`Read the report and accept it`, place: report },
  report_to_mend: { words: msg`Mend the report`, place: (task) => `reports/${task.subject.id}/edit` },
  revocation_to_confirm: { words: msg`Second person: the puumerkki may be revoked`, place: handling },
  revocation_to_vote: { words: msg`Vote on revoking the puumerkki`, place: handling },
  role_choice_to_confirm: {
    words: msg`Confirm whom the meeting chose`,
    place: (task) => `meetings/${task.subject.id}`,
  },
  rulebook_acceptance: { words: msg`Accept the rulebook`, place: (task) => `networks/${task.network_id}/rules` },
  standing_to_state: { words: msg`Your condition was left out: say whether your vote still counts`, place: handling },
  supplement_to_answer: { words: msg`Answer the authority’s question`, place: request },
  view_to_state: { words: msg`Give your view: the network is considering revoking the puumerkki`, place: handling },
  vote_to_cast: { words: msg`Vote`, place: handling },
}

const OTHER: Kind = {
  words: msg`Something waits for you`,
  place: (task) => (task.network_id ? `networks/${task.network_id}` : ''),
}

export const kindOf = (kind: string): Kind => KINDS[kind] ?? OTHER

/** Whose a task is, for the filter: a network or an organisation by its id. */
export const concerns = (task: Task, id: string) => task.network_id === id || task.organisation_id === id

export type Group = 'overdue' | 'week' | 'later' | 'undated'
export const GROUPS: Group[] = ['overdue', 'week', 'later', 'undated']

const WEEK_MS = 7 * 86_400_000

/** The tasks by when they are due; those of one group stay in their order. */
export function grouped(tasks: Task[], now: Date): Record<Group, Task[]> {
  const today = dayOf(now)
  const soon = dayOf(new Date(now.getTime() + WEEK_MS))
  const found: Record<Group, Task[]> = { overdue: [], week: [], later: [], undated: [] }
  for (const task of tasks) {
    const due = task.due_on
    if (!due) found.undated.push(task)
    else if (due < today) found.overdue.push(task)
    else found[due <= soon ? 'week' : 'later'].push(task)
  }
  return found
}
