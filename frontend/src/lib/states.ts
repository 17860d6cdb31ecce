import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'

/** Words for the values of the API's enumerations; a value without a word does not compile. */
type Words<T extends string> = Record<T, MessageDescriptor>

export const agreementState: Words<Schemas['AgreementState']> = {
  draft: msg({ message: 'Draft', context: 'AgreementState' }),
  recorded: msg({ message: 'Recorded by one party', context: 'AgreementState' }),
  disputed: msg({ message: 'Recorded, disputed', context: 'AgreementState' }),
  proposed: msg({ message: 'Waits for signatures', context: 'AgreementState' }),
  signed: msg({ message: 'Signed, not yet begun', context: 'AgreementState' }),
  in_force: msg({ message: 'In force', context: 'AgreementState' }),
  expiring: msg({ message: 'In force, expiring', context: 'AgreementState' }),
  ended: msg({ message: 'Ended', context: 'AgreementState' }),
  renewed: msg({ message: 'Ended and renewed', context: 'AgreementState' }),
  terminated: msg({ message: 'Terminated', context: 'AgreementState' }),
  cancelled: msg({ message: 'Cancelled', context: 'AgreementState' }),
}

export const versionStanding: Words<Schemas['VersionStanding']> = {
  open: msg({ message: 'Waits for signatures', context: 'VersionStanding' }),
  recorded: msg({ message: 'Recorded by one party', context: 'VersionStanding' }),
  signed: msg({ message: 'Signed, not yet begun', context: 'VersionStanding' }),
  in_force: msg({ message: 'In force', context: 'VersionStanding' }),
  replaced: msg({ message: 'Replaced', context: 'VersionStanding' }),
  withdrawn: msg({ message: 'Taken back', context: 'VersionStanding' }),
  lapsed: msg({ message: 'Not signed by all', context: 'VersionStanding' }),
  ended: msg({ message: 'Was in force until the end', context: 'VersionStanding' }),
}

export const applicationState: Words<Schemas['ApplicationState']> = {
  draft: msg({ message: 'Draft', context: 'ApplicationState' }),
  active: msg({ message: 'Active', context: 'ApplicationState' }),
  withdrawn: msg({ message: 'Withdrawn', context: 'ApplicationState' }),
  closed: msg({ message: 'Closed', context: 'ApplicationState' }),
}

export const ballotState: Words<Schemas['BallotState']> = {
  open: msg({ message: 'Open', context: 'BallotState' }),
  closed: msg({ message: 'Closed', context: 'BallotState' }),
  annulled: msg({ message: 'Annulled', context: 'BallotState' }),
}

export const callState: Words<Schemas['CallState']> = {
  draft: msg({ message: 'Draft', context: 'CallState' }),
  published: msg({ message: 'Published', context: 'CallState' }),
  cancelled: msg({ message: 'Cancelled', context: 'CallState' }),
}

export const endorsementStatus: Words<Schemas['EndorsementStatus']> = {
  valid: msg({ message: 'Valid', context: 'EndorsementStatus' }),
  superseded: msg({ message: 'Superseded', context: 'EndorsementStatus' }),
  revoked: msg({ message: 'Revoked', context: 'EndorsementStatus' }),
  expired: msg({ message: 'Expired', context: 'EndorsementStatus' }),
}

export const revocationState: Words<Schemas['RevocationState']> = {
  open: msg({ message: 'Under review', context: 'RevocationState' }),
  carried: msg({ message: 'Revoked', context: 'RevocationState' }),
  dropped: msg({ message: 'Not revoked', context: 'RevocationState' }),
}

export const filingState: Words<Schemas['FilingState']> = {
  planned: msg({ message: 'Planned', context: 'FilingState' }),
  filed: msg({ message: 'Filed', context: 'FilingState' }),
  granted: msg({ message: 'Granted', context: 'FilingState' }),
  refused: msg({ message: 'Refused', context: 'FilingState' }),
  withdrawn: msg({ message: 'Withdrawn', context: 'FilingState' }),
  plan_changed: msg({ message: 'Plan changed', context: 'FilingState' }),
  reported: msg({ message: 'Reported', context: 'FilingState' }),
  closed: msg({ message: 'Closed', context: 'FilingState' }),
}

export const handlingState: Words<Schemas['HandlingState']> = {
  received: msg({ message: 'Received', context: 'HandlingState' }),
  in_review: msg({ message: 'In review', context: 'HandlingState' }),
  returned: msg({ message: 'Returned', context: 'HandlingState' }),
  in_ballot: msg({ message: 'In ballot', context: 'HandlingState' }),
  endorsed: msg({ message: 'Endorsed', context: 'HandlingState' }),
  declined: msg({ message: 'Declined', context: 'HandlingState' }),
  stated: msg({ message: 'Statement given', context: 'HandlingState' }),
  lapsed: msg({ message: 'Lapsed', context: 'HandlingState' }),
  withdrawn: msg({ message: 'Withdrawn', context: 'HandlingState' }),
}

export const meetingState: Words<Schemas['MeetingState']> = {
  planned: msg({ message: 'Planned', context: 'MeetingState' }),
  held: msg({ message: 'Held', context: 'MeetingState' }),
  cancelled: msg({ message: 'Cancelled', context: 'MeetingState' }),
}

export const memberState: Words<Schemas['MemberState']> = {
  invited: msg({ message: 'Invited', context: 'MemberState' }),
  requested: msg({ message: 'Requested', context: 'MemberState' }),
  active: msg({ message: 'Active', context: 'MemberState' }),
  leaving: msg({ message: 'Removed, votes on what came before', context: 'MemberState' }),
  refused: msg({ message: 'Refused', context: 'MemberState' }),
  left: msg({ message: 'Left', context: 'MemberState' }),
  removed: msg({ message: 'Removed', context: 'MemberState' }),
}

export const needState: Words<Schemas['NeedState']> = {
  raised: msg({ message: 'Raised', context: 'NeedState' }),
  agreed: msg({ message: 'Agreed', context: 'NeedState' }),
  being_met: msg({ message: 'Being met', context: 'NeedState' }),
  met: msg({ message: 'Met', context: 'NeedState' }),
  dropped: msg({ message: 'Dropped', context: 'NeedState' }),
}

export const decisionState: Words<Schemas['DecisionState']> = {
  open: msg({ message: 'Being decided', context: 'DecisionState' }),
  adopted: msg({ message: 'Decided, waiting for its day', context: 'DecisionState' }),
  done: msg({ message: 'Decided', context: 'DecisionState' }),
  rejected: msg({ message: 'Not decided so', context: 'DecisionState' }),
  dropped: msg({ message: 'Proposal withdrawn', context: 'DecisionState' }),
}

export const networkState: Words<Schemas['NetworkState']> = {
  forming: msg({ message: 'Forming', context: 'NetworkState' }),
  active: msg({ message: 'Active', context: 'NetworkState' }),
  dormant: msg({ message: 'Dormant', context: 'NetworkState' }),
  closed: msg({ message: 'Closed', context: 'NetworkState' }),
}

export const organisationState: Words<Schemas['OrganisationState']> = {
  active: msg({ message: 'Active', context: 'OrganisationState' }),
  archived: msg({ message: 'Archived', context: 'OrganisationState' }),
}

export const partnerRequestState: Words<Schemas['PartnerRequestState']> = {
  arrived: msg({ message: 'Arrived', context: 'PartnerRequestState' }),
  referred: msg({ message: 'Referred to the network', context: 'PartnerRequestState' }),
  in_preparation: msg({ message: 'In preparation', context: 'PartnerRequestState' }),
  supplement_asked: msg({ message: 'Supplement asked', context: 'PartnerRequestState' }),
  decided: msg({ message: 'Decided', context: 'PartnerRequestState' }),
  withdrawn: msg({ message: 'Withdrawn', context: 'PartnerRequestState' }),
}

export const pointState: Words<Schemas['PointState']> = {
  open: msg({ message: 'Open', context: 'PointState' }),
  answered: msg({ message: 'Answered', context: 'PointState' }),
  settled: msg({ message: 'Settled', context: 'PointState' }),
}

export const reportState: Words<Schemas['ReportState']> = {
  draft: msg({ message: 'Draft', context: 'ReportState' }),
  submitted: msg({ message: 'Submitted', context: 'ReportState' }),
  accepted: msg({ message: 'Accepted', context: 'ReportState' }),
  returned: msg({ message: 'To be mended', context: 'ReportState' }),
}

export const rulebookState: Words<Schemas['RulebookState']> = {
  draft: msg({ message: 'Draft', context: 'RulebookState' }),
  in_force: msg({ message: 'In force', context: 'RulebookState' }),
  replaced: msg({ message: 'Replaced', context: 'RulebookState' }),
}

export const verdictStatus: Words<Schemas['VerdictStatus']> = {
  valid: msg({ message: 'Valid', context: 'VerdictStatus' }),
  superseded: msg({ message: 'Superseded', context: 'VerdictStatus' }),
  revoked: msg({ message: 'Revoked', context: 'VerdictStatus' }),
  expired: msg({ message: 'Expired', context: 'VerdictStatus' }),
  unknown: msg({ message: 'Unknown', context: 'VerdictStatus' }),
}
