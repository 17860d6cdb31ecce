import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Step } from './sentences'

type Does = Exclude<NonNullable<Step['does']>, 'task'>

/** What the reader can do, and where: the page of its place, or one of that thing's own. */
export interface Doing {
  label: MessageDescriptor
  to: (step: Step) => string
}

const PAGES: Record<string, string> = {
  application: 'applications',
  handling: 'handlings',
  partner_request: 'partner-requests',
  filing: 'filings',
  agreement: 'agreements',
  network: 'networks',
}

/** The page of a thing. */
export const page = (step: Step): string =>
  step.place ? `${PAGES[step.place.kind] ?? step.place.kind}/${step.place.id}` : ''

/** The form of an action on the thing's own page. */
const form = (action: string) => (step: Step) => `${page(step)}?action=${action}`
const own = page
const part = (name: string) => (step: Step) => `${page(step)}#${name}`

export const DOES: Record<Does, Doing> = {
  continue_writing: {
    label: msg({ message: 'Continue writing', context: 'next step' }),
    to: (step) => `${page(step)}/edit`,
  },
  submit: {
    label: msg({ message: 'Submit the application', context: 'next step' }),
    to: (step) => `${page(step)}/edit?step=submit`,
  },
  request_membership: { label: msg({ message: 'Request membership', context: 'next step' }), to: own },
  accept_rulebook: {
    label: msg({ message: 'Read the rulebook', context: 'next step' }),
    to: (step) => `${page(step)}/rules`,
  },
  answer_request: { label: msg({ message: 'Answer the request', context: 'next step' }), to: part('co-applicants') },
  read_version: {
    label: msg({ message: 'Read what was submitted', context: 'next step' }),
    to: (step) => `${page(step)}/versions`,
  },
  ask_for_ballot: { label: msg({ message: 'Ask for a ballot', context: 'next step' }), to: form('ask_for_ballot') },
  complete: { label: msg({ message: 'Complete the application', context: 'next step' }), to: form('complete') },
  follow: { label: msg({ message: 'Follow the review', context: 'next step' }), to: own },
  certificate: {
    label: msg({ message: 'Open the certificate', context: 'next step' }),
    to: (step) => `endorsements/${step.number}`,
  },
  see_conditions: {
    label: msg({ message: 'See the conditions', context: 'next step' }),
    to: (step) => `endorsements/${step.number}`,
  },
  read_reasons: { label: msg({ message: 'Read the reasons', context: 'next step' }), to: own },
  read_statement: { label: msg({ message: 'Read the statement', context: 'next step' }), to: own },
  ask_again: { label: msg({ message: 'Ask for a review again', context: 'next step' }), to: form('ask_again') },
  continue_as_new: {
    label: msg({ message: 'Continue as a new application', context: 'next step' }),
    to: form('continue'),
  },
  begin_review: { label: msg({ message: 'Take up for review', context: 'next step' }), to: form('begin_review') },
  record_reading: { label: msg({ message: 'Record a reading', context: 'next step' }), to: form('record_reading') },
  open_ballot: { label: msg({ message: 'Open a ballot', context: 'next step' }), to: form('open_ballot') },
  give_statement: { label: msg({ message: 'Give the statement', context: 'next step' }), to: form('give_statement') },
  record_decision: {
    label: msg({ message: 'Record the decision', context: 'next step' }),
    to: form('record_decision'),
  },
  confirm_decision: {
    label: msg({ message: 'Confirm the decision', context: 'next step' }),
    to: form('confirm_decision'),
  },
  vote: { label: msg({ message: 'Vote', context: 'next step' }), to: part('ballot') },
  change_vote: { label: msg({ message: 'Change the vote', context: 'next step' }), to: part('ballot') },
  answer_conditions: { label: msg({ message: 'Answer the conditions', context: 'next step' }), to: part('ballot') },
  endorse: { label: msg({ message: 'Give the puumerkki', context: 'next step' }), to: form('endorse') },
  decline: { label: msg({ message: 'Do not endorse', context: 'next step' }), to: form('decline') },
  reopen_review: { label: msg({ message: 'Continue the review', context: 'next step' }), to: form('reopen_review') },
  compare: { label: msg({ message: 'Compare the versions', context: 'next step' }), to: form('confirm_conditions') },
  begin: { label: msg({ message: 'Begin preparation', context: 'next step' }), to: form('begin') },
  propose: { label: msg({ message: 'Propose a decision', context: 'next step' }), to: form('propose') },
  decide: { label: msg({ message: 'Decide on the partnership', context: 'next step' }), to: form('decide') },
  answer_supplement: {
    label: msg({ message: 'Answer the request for additions', context: 'next step' }),
    to: form('answer_supplement'),
  },
  look_at: { label: msg({ message: 'Consider the decision', context: 'next step' }), to: part('look-at') },
  read_decision: { label: msg({ message: 'Read the decision', context: 'next step' }), to: part('decision') },
  draft_agreement: {
    label: msg({ message: 'Draft an agreement', context: 'next step' }),
    to: (step) => `agreements/new?application=${step.place?.id}`,
  },
  file: { label: msg({ message: 'Mark as filed', context: 'next step' }), to: form('file') },
  record_result: { label: msg({ message: 'Record the funder’s decision', context: 'next step' }), to: form('grant') },
  add_report_day: { label: msg({ message: 'Add the day of the report', context: 'next step' }), to: form('update') },
  report_to_funder: { label: msg({ message: 'Record the report', context: 'next step' }), to: form('report') },
  plan_filing: { label: msg({ message: 'Plan a filing', context: 'next step' }), to: part('filings') },
  close: { label: msg({ message: 'Close the filing', context: 'next step' }), to: form('close') },
  edit_agreement: {
    label: msg({ message: 'Continue the draft', context: 'next step' }),
    to: (step) => `${page(step)}/edit`,
  },
  propose_agreement: { label: msg({ message: 'Propose for signature', context: 'next step' }), to: form('propose') },
  sign: { label: msg({ message: 'Sign the agreement', context: 'next step' }), to: form('sign') },
  confirm_record: { label: msg({ message: 'Confirm or object', context: 'next step' }), to: form('confirm_record') },
  do_duty: { label: msg({ message: 'Do the task', context: 'next step' }), to: part('duties') },
  decide_renewal: { label: msg({ message: 'Decide on renewal', context: 'next step' }), to: part('duties') },
}
