import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../../../api/client'

/** What events are about, for the filter; the API names the kinds as here. */
export const SUBJECTS: Record<string, MessageDescriptor> = {
  agreement: msg`Agreements`,
  application: msg`Applications`,
  area: msg`Areas`,
  attachment: msg`Files`,
  break_glass: msg`Looks into cases`,
  comment: msg`Comments`,
  endorsement: msg`Puumerkki`,
  filing: msg`Filings`,
  funding_call: msg`Calls`,
  gate_policy: msg`Gate policies`,
  handling: msg`Handlings in networks`,
  meeting: msg`Meetings`,
  need: msg`Needs`,
  network: msg`Networks`,
  network_member: msg`Members of networks`,
  organisation: msg`Organisations`,
  partner_request: msg`Cases of authorities`,
  point: msg`Points to mend`,
  report: msg`Reports`,
  rulebook: msg`Rulebooks`,
  seat: msg`Seats`,
  service_account: msg`Service accounts`,
  signing_key: msg`Keys`,
  user: msg`People`,
}

export const TIERS: Record<Schemas['Tier'], MessageDescriptor> = {
  public: msg`seen by everybody`,
  parties: msg`seen by the parties`,
  network: msg`seen by the network`,
  authority: msg`seen by the authority`,
  own: msg`seen by the person`,
  sealed: msg`sealed`,
}

export const USER_STATES: Record<Schemas['UserState'], MessageDescriptor> = {
  invited: msg`Invited`,
  active: msg`Active`,
  disabled: msg`Closed`,
}

export const IMPORT_KINDS: Record<Schemas['ImportKind'], MessageDescriptor> = {
  organisations: msg`Organisations`,
  members: msg`Members of a network`,
  needs: msg`Needs`,
  applications: msg`Drafts of applications`,
  agreements: msg`Agreements signed on paper`,
  proposals: msg`Proposed decisions`,
  people: msg`People to be invited`,
  calls: msg`Drafts of funding calls`,
  reports: msg`Drafts of reports`,
  representatives: msg`Representatives in networks`,
}

export const IMPORT_STATES: Record<Schemas['ImportState'], MessageDescriptor> = {
  queued: msg`Waiting`,
  running: msg`Running`,
  tried: msg`Tried`,
  succeeded: msg`Done`,
  refused: msg`Refused`,
  cancelled: msg`Cancelled`,
  failed: msg`Failed`,
  undone: msg`Undone`,
}
