import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import type { Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'

export type Guided = Schemas['Guided']
export type Step = Schemas['NextStep']

export const DUTIES: Record<Schemas['DutyKind'], MessageDescriptor> = {
  confirmation: msg({ message: 'yearly confirmation', context: 'next step' }),
  report: msg({ message: 'report', context: 'next step' }),
  evaluation: msg({ message: 'evaluation', context: 'next step' }),
  contact_check: msg({ message: 'check of the contact persons', context: 'next step' }),
  renewal: msg({ message: 'decision on renewal', context: 'next step' }),
}

/** What stands in the sentences; `duty` is a word already. */
interface Given {
  names: string
  count: number
  total: number
  number: string
  person: string
  day: string
  duty: string
}

const draft = ({ count }: Given) =>
  msg`Draft. ${plural(count, { one: '# part is missing.', other: '# parts are missing.' })}`
const signature = ({ names }: Given) => msg`Signature missing: ${names}`

const SAYS: Record<Step['says'], (of: Given) => MessageDescriptor> = {
  asked: () => msg`There is something for you to do here.`,
  draft,
  draft_ready: () => msg`Draft. Nothing is missing: it can be submitted.`,
  draft_others: () => msg`Draft. An editor of the leading applicant can submit it.`,
  draft_membership: ({ names }) => msg`Missing: membership – ${names}`,
  draft_rulebook: ({ names }) => msg`Missing: acceptance of the rulebook – ${names}`,
  draft_co_applicant: ({ names }) => msg`Co-applicant has not answered: ${names}`,
  draft_blocked: () => msg`The draft cannot be submitted yet.`,
  co_applicant_asked: ({ names }) => msg`Asked to be a co-applicant: ${names}`,
  submitted: ({ names, number }) => {
    if (!names) return msg`The application has been submitted.`
    if (!number) return msg`The application has been submitted. Reviewed by: ${names}`
    return msg`The application has been submitted. Case number ${number}. Reviewed by: ${names}`
  },
  review_late: () => msg`The review is late.`,
  returned_to_you: ({ count }) =>
    msg`The network asks for additions: ${plural(count, { one: '# point', other: '# points' })}.`,
  returned: ({ count, total }) => msg`The applicant is completing it. Points answered: ${count}/${total}`,
  ballot_of_network: () => msg`The network is voting. The application cannot be changed now.`,
  counted: () => msg`The ballot has closed. The network concludes the review.`,
  endorsed: ({ number, day }) => msg`The puumerkki has been given: ${number}, valid until ${day}.`,
  endorsed_conditions: ({ count }) =>
    msg`The puumerkki has been given with conditions. ${plural(count, { one: '# condition is not met.', other: '# conditions are not met.' })}`,
  endorsement_under_review: () => msg`The network is considering revoking the puumerkki.`,
  declined: () => msg`The network did not give its puumerkki. A new version can be submitted.`,
  stated: () => msg`The network has given its statement.`,
  ended: ({ day }) => (day ? msg`This ended on ${day}.` : msg`This has ended.`),
  handling_new: ({ count }) => msg`New application, version ${count}.`,
  handling_tied: () => msg`You are disqualified. Others in the network handle this.`,
  handling_waits: () => msg`The network is reviewing the application.`,
  not_read: () => msg`No reading has been recorded.`,
  ready_for_ballot: ({ count }) =>
    msg`Ready for a ballot: ${plural(count, { one: '# member can vote.', other: '# members can vote.' })}`,
  ballot_asked: () => msg`The applicant has asked for a ballot.`,
  statement_due: () => msg`The network has not given its statement yet.`,
  meeting_decides: ({ day }) =>
    day ? msg`A meeting decides. Next meeting: ${day}` : msg`A meeting decides. No meeting is planned.`,
  decision_recorded: () => msg`The decision has been recorded. Another person must confirm it.`,
  decision_holds: ({ day }) =>
    msg`The meeting’s decision has been confirmed. It takes effect on ${day} unless somebody objects.`,
  vote_missing: ({ names }) => msg`The member’s vote is missing: ${names}`,
  voted: () => msg`Your member has voted. The result is shown when the ballot closes.`,
  vote_recorded: ({ names }) => msg`The vote has been recorded for the member: ${names}`,
  ballot_open: ({ count, total }) => msg`The ballot is open. Votes cast: ${count}/${total}`,
  ballot_counted: () => msg`The ballot has closed. Conclude the review by its result.`,
  ballot_conditions: ({ count }) =>
    msg`The ballot has closed. ${plural(count, { one: '# proposed condition has no answer.', other: '# proposed conditions have no answer.' })}`,
  ballot_no_quorum: () => msg`The ballot had no quorum.`,
  newer_version: () => msg`A new version has arrived. Check whether the conditions are met.`,
  case_arrived: ({ number }) => msg`The case has arrived: ${number}`,
  case_referred: ({ names }) => msg`Puumerkki required: ${names} – missing`,
  case_gate_open: ({ number }) => msg`Preparation can begin: ${number}`,
  case_in_preparation: ({ number, person }) =>
    person ? msg`In preparation: ${number}. Prepared by: ${person}` : msg`In preparation: ${number}`,
  case_to_decide: ({ number }) => msg`In preparation. The partnership can be decided: ${number}`,
  case_proposed: ({ number }) => msg`A decision has been proposed: ${number}`,
  case_handed_back: ({ number }) => msg`The proposed decision was handed back: ${number}`,
  supplement_to_answer: ({ number }) => msg`The authority asks for additions: ${number}`,
  supplement_asked: () => msg`The applicant has been asked for additions.`,
  case_decided: ({ day }) => msg`The partnership decision was made on ${day}.`,
  case_committed: () => msg`The commitment has been made. There is no agreement yet.`,
  case_looked_at: ({ count }) =>
    msg`The decision concerned version ${count}. The authority considers whether it stays as it is.`,
  decided_to_file: () => msg`The decision has been made. File the application with the funder.`,
  filing_planned: ({ names }) => msg`Not filed yet: ${names}`,
  filing_past: ({ names }) => msg`The call has closed. Was the application filed? ${names}`,
  filing_filed: ({ day }) => msg`Filed on ${day}. Record the funder’s decision when it comes.`,
  filing_granted: () => msg`The funder has granted money. Report to the funder.`,
  filing_report_day: () => msg`The funder has granted money. Add the day of the report, and you are reminded of it.`,
  filing_refused: ({ day }) =>
    day
      ? msg`The funder did not grant money. The puumerkki is valid until ${day}.`
      : msg`The funder did not grant money.`,
  filing_reported: ({ day }) => msg`Reported to the funder on ${day}.`,
  filing_closed: () => msg`Everything about this filing is done.`,
  agreement_draft: draft,
  agreement_ready: () => msg`Draft. Nothing is missing: it can be proposed for signature.`,
  agreement_to_sign: signature,
  agreement_signatures: signature,
  agreement_recorded: ({ names }) =>
    msg`Recorded by: ${names}. The agreement is not shown in public before it is confirmed.`,
  agreement_disputed: ({ names }) => msg`Objected to by: ${names}`,
  agreement_signed: ({ day }) => msg`Signed, begins ${day}.`,
  agreement_duty: ({ duty }) => msg`Next: ${duty}`,
  agreement_duty_late: ({ names, duty }) => msg`Late: ${duty} – ${names}`,
  agreement_next_duty: ({ duty, day }) => msg`In force. Next task: ${duty}, opens ${day}.`,
  agreement_in_force: ({ day }) => msg`In force until ${day}.`,
  agreement_expiring: ({ day }) => msg`The agreement ends on ${day}. Decide whether it continues.`,
  agreement_ended: ({ day }) => msg`The agreement ended on ${day}.`,
  agreement_renewed: () => msg`A new agreement continues this one.`,
}

/** What is, in one sentence. */
export function sentence(step: Step, t: (of: MessageDescriptor) => string): string {
  return t(
    SAYS[step.says]({
      names: step.names.map(textOf).join(', '),
      count: step.count ?? 0,
      total: step.total ?? 0,
      number: step.number ?? '',
      person: step.person ?? '',
      day: formatDay(step.day),
      duty: step.duty ? t(DUTIES[step.duty]) : '',
    }),
  )
}

/** What a part of a draft is called that is no part of its text. */
const RECIPIENTS: Record<Schemas['Recipients'], MessageDescriptor> = {
  area_ids: msg({ message: 'Areas', context: 'next step' }),
  authorities: msg({ message: 'Authorities', context: 'next step' }),
}

/** What a part of a draft is called. */
export const partLabel = (of: Step['parts'][number]): MessageDescriptor =>
  of === 'area_ids' || of === 'authorities' ? RECIPIENTS[of] : enumLabels.ApplicationPart[of]

export const DOERS: Record<Exclude<Step['doer'], 'you' | 'nobody'>, MessageDescriptor> = {
  applicant: msg({ message: 'an editor of the applicant', context: 'next step' }),
  co_applicant: msg({ message: 'an administrator or a signatory of the co-applicant', context: 'next step' }),
  network: msg({ message: 'the coordinator of the network', context: 'next step' }),
  members: msg({ message: 'the representatives of the members', context: 'next step' }),
  second_person: msg({ message: 'another person in the network', context: 'next step' }),
  authority: msg({ message: 'the authority', context: 'next step' }),
  funder: msg({ message: 'the funder', context: 'next step' }),
  parties: msg({ message: 'the parties', context: 'next step' }),
}

export const STAGES: Record<Schemas['StageName'], MessageDescriptor> = {
  draft: msg({ message: 'Draft', context: 'stage' }),
  submitted: msg({ message: 'Submitted', context: 'stage' }),
  network: msg({ message: 'Network', context: 'stage' }),
  ballot: msg({ message: 'Ballot', context: 'stage' }),
  meeting: msg({ message: 'Meeting', context: 'stage' }),
  statement: msg({ message: 'Statement', context: 'stage' }),
  endorsement: msg({ message: 'Puumerkki', context: 'stage' }),
  authority: msg({ message: 'Authority', context: 'stage' }),
  funder: msg({ message: 'Funder', context: 'stage' }),
  report: msg({ message: 'Report', context: 'stage' }),
  received: msg({ message: 'Received', context: 'stage' }),
  in_review: msg({ message: 'In review', context: 'stage' }),
  concluded: msg({ message: 'Concluded', context: 'stage' }),
  arrived: msg({ message: 'Arrived', context: 'stage' }),
  in_preparation: msg({ message: 'In preparation', context: 'stage' }),
  decided: msg({ message: 'Decided', context: 'stage' }),
  planned: msg({ message: 'Planned', context: 'stage' }),
  filed: msg({ message: 'Filed', context: 'stage' }),
  funder_decision: msg({ message: 'Decision', context: 'stage' }),
  for_signature: msg({ message: 'For signature', context: 'stage' }),
  in_force: msg({ message: 'In force', context: 'stage' }),
  ended: msg({ message: 'Ended', context: 'stage' }),
}
