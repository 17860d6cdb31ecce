import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'

/** Words for the values of the API's enumerations; a value without a word does not compile. */
type Words<T extends string> = Record<T, MessageDescriptor>

export const affiliationKind: Words<Schemas['AffiliationKind']> = {
  board_member: msg({ message: 'Board member', context: 'AffiliationKind' }),
  employee: msg({ message: 'Employee', context: 'AffiliationKind' }),
  close_family: msg({ message: 'Close family', context: 'AffiliationKind' }),
}

export const agreementKind: Words<Schemas['AgreementKind']> = {
  cooperation: msg({ message: 'Cooperation agreement', context: 'AgreementKind' }),
  partnership: msg({ message: 'Partnership agreement', context: 'AgreementKind' }),
  service_purchase: msg({ message: 'Service purchase agreement', context: 'AgreementKind' }),
}

export const applicationPart: Words<Schemas['ApplicationPart']> = {
  title: msg({ message: 'Name', context: 'ApplicationPart' }),
  purpose: msg({ message: 'Why', context: 'ApplicationPart' }),
  target_groups: msg({ message: 'Target groups', context: 'ApplicationPart' }),
  goals: msg({ message: 'Goals', context: 'ApplicationPart' }),
  methods: msg({ message: 'How', context: 'ApplicationPart' }),
  duration: msg({ message: 'Duration', context: 'ApplicationPart' }),
  partners: msg({ message: 'Partners', context: 'ApplicationPart' }),
  complements: msg({ message: 'How it complements public and commercial services', context: 'ApplicationPart' }),
  cooperation: msg({ message: 'Cooperation wished', context: 'ApplicationPart' }),
  needs: msg({ message: 'Needs', context: 'ApplicationPart' }),
  budget: msg({ message: 'Budget', context: 'ApplicationPart' }),
  measures: msg({ message: 'Measures', context: 'ApplicationPart' }),
}

export const areaKind: Words<Schemas['AreaKind']> = {
  district: msg({ message: 'District', context: 'AreaKind' }),
  village: msg({ message: 'Village', context: 'AreaKind' }),
  other: msg({ message: 'Other area', context: 'AreaKind' }),
}

/** `applicants` is what all parties of a case read: applicants, their networks and authorities; those of an agreement. */
export const audience: Words<Schemas['Audience']> = {
  applicants: msg({ message: 'All parties of the case', context: 'Audience' }),
  network: msg({ message: 'Only the network', context: 'Audience' }),
  authority: msg({ message: 'Only the authority', context: 'Audience' }),
}

export const choice: Words<Schemas['Choice']> = {
  for: msg({ message: 'For', context: 'Choice' }),
  for_with_conditions: msg({ message: 'For, with conditions', context: 'Choice' }),
  against: msg({ message: 'Against', context: 'Choice' }),
  blank: msg({ message: 'Blank', context: 'Choice' }),
}

/** By when a condition is met, beside the condition itself. */
export const metWhen: Words<Schemas['MetWhen']> = {
  before: msg`before the authority begins`,
  later: msg`later`,
}

export const ballotFault: Words<Schemas['BallotFault']> = {
  version: msg`wrong version`,
  electorate: msg`wrong electorate`,
  tie: msg`a tie was found late`,
}

export const givenHow: Words<Schemas['GivenHow']> = {
  telephone: msg`by telephone`,
  mail: msg`by mail`,
  in_person: msg`in person`,
}

export const revocationWay: Words<Schemas['RevocationWay']> = {
  ballot: msg`The members vote`,
  meeting: msg`A meeting has decided`,
  cause: msg`Two persons, for cause`,
}

export const revocationCause: Words<Schemas['RevocationCause']> = {
  false_facts: msg`The application's facts were false`,
  applicant_asks: msg`The applicant asks for it`,
}

export const networkChange: Words<Schemas['NetworkChange']> = {
  stop_deciding: msg`Stops giving the puumerkki`,
  rest: msg`Rests for a while`,
  close: msg({ message: 'Closes', context: 'NetworkChange' }),
}

export const decisionKind: Words<Schemas['DecisionKind']> = {
  rulebook: msg`New rulebook`,
  chair: msg`Choosing the chair`,
  secretary: msg`Choosing the secretary`,
  rest: msg`The network takes a break`,
  close: msg`The network closes`,
  stop_deciding: msg`The network stops giving the puumerkki`,
  begin_deciding: msg`The network begins to give the puumerkki`,
}

export const decisionWay: Words<Schemas['DecisionWay']> = {
  vote: msg`The members vote`,
  meeting: msg`A meeting decided, a second person confirms it`,
  second_person: msg`A second person confirms it`,
}

export const decisionOutcome: Words<Schemas['DecisionOutcome']> = {
  passed: msg({ message: 'Passed', context: 'Outcome' }),
  failed: msg({ message: 'Failed', context: 'Outcome' }),
  no_quorum: msg({ message: 'No quorum', context: 'Outcome' }),
  objection: msg({ message: 'Objection', context: 'Outcome' }),
  meeting_decides: msg({ message: 'Meeting decides', context: 'Outcome' }),
  confirmed: msg`Confirmed by a second person`,
  silence: msg`Nobody objected`,
  unconfirmed: msg`Nobody confirmed it in time`,
}

export const chosenBy: Words<Schemas['ChosenBy']> = {
  migration: msg`chosen by the members`,
  network_decision: msg`chosen by the members`,
  meeting: msg`chosen by the members in a meeting`,
}

export const contributionKind: Words<Schemas['ContributionKind']> = {
  money: msg({ message: 'Money', context: 'ContributionKind' }),
  working_time: msg({ message: 'Working time', context: 'ContributionKind' }),
  premises: msg({ message: 'Premises', context: 'ContributionKind' }),
  equipment: msg({ message: 'Equipment', context: 'ContributionKind' }),
}

export const decisionMethod: Words<Schemas['DecisionMethod']> = {
  consensus: msg({ message: 'Consensus', context: 'DecisionMethod' }),
  simple_majority: msg({ message: 'Simple majority', context: 'DecisionMethod' }),
  two_thirds: msg({ message: 'Two thirds', context: 'DecisionMethod' }),
  unanimity: msg({ message: 'Unanimity', context: 'DecisionMethod' }),
  no_objection: msg({ message: 'Nobody objects within the days', context: 'DecisionMethod' }),
  meeting_decides: msg({ message: 'Meeting decides', context: 'DecisionMethod' }),
}

export const figureKind: Words<Schemas['FigureKind']> = {
  people: msg({ message: 'People', context: 'FigureKind' }),
  visits: msg({ message: 'Visits', context: 'FigureKind' }),
  events: msg({ message: 'Events', context: 'FigureKind' }),
  hours: msg({ message: 'Hours of activity', context: 'FigureKind' }),
}

export const goesOn: Words<Schemas['GoesOn']> = {
  yes: msg({ message: 'Yes, as it is', context: 'GoesOn' }),
  changed: msg({ message: 'Yes, but changed', context: 'GoesOn' }),
  no: msg({ message: 'No', context: 'GoesOn' }),
}

export const legalForm: Words<Schemas['LegalForm']> = {
  registered_association: msg({ message: 'Registered association', context: 'LegalForm' }),
  unregistered_group: msg({ message: 'Unregistered group', context: 'LegalForm' }),
  municipality: msg({ message: 'Municipality', context: 'LegalForm' }),
  joint_authority: msg({ message: 'Joint authority', context: 'LegalForm' }),
  wellbeing_county: msg({ message: 'Wellbeing county', context: 'LegalForm' }),
  state_agency: msg({ message: 'State agency', context: 'LegalForm' }),
  parish: msg({ message: 'Parish', context: 'LegalForm' }),
  parish_union: msg({ message: 'Parish union', context: 'LegalForm' }),
  religious_community: msg({ message: 'Religious community', context: 'LegalForm' }),
  foundation: msg({ message: 'Foundation', context: 'LegalForm' }),
  limited_company: msg({ message: 'Limited company', context: 'LegalForm' }),
  cooperative: msg({ message: 'Cooperative', context: 'LegalForm' }),
  other: msg({ message: 'Other legal form', context: 'LegalForm' }),
}

export const meetingKind: Words<Schemas['MeetingKind']> = {
  meeting: msg({ message: 'Meeting', context: 'MeetingKind' }),
  forum: msg({ message: 'Forum', context: 'MeetingKind' }),
  workshop: msg({ message: 'Workshop', context: 'MeetingKind' }),
}

export const networkKind: Words<Schemas['NetworkKind']> = {
  municipal_team: msg({ message: 'Municipal team', context: 'NetworkKind' }),
  partnership_table: msg({ message: 'Partnership table', context: 'NetworkKind' }),
  thematic_network: msg({ message: 'Thematic network', context: 'NetworkKind' }),
  family_centre: msg({ message: 'Family centre', context: 'NetworkKind' }),
  advisory_board: msg({ message: 'Advisory board', context: 'NetworkKind' }),
  association_network: msg({ message: 'Association network', context: 'NetworkKind' }),
  working_group: msg({ message: 'Working group', context: 'NetworkKind' }),
}

export const agreedHow: Words<Schemas['AgreedHow']> = {
  meeting: msg`In a meeting`,
  in_writing: msg`In writing`,
}

export const lapseReason: Words<Schemas['LapseReason']> = {
  call_over: msg`The handling ended because every call that the application could serve has closed.`,
  network_closed: msg`The handling ended because the network rests or is closed. The applicant can ask another network.`,
  not_a_member: msg`The handling ended because no applicant is a member of the network any more.`,
}

export const outcome: Words<Schemas['Outcome']> = {
  passed: msg({ message: 'Passed', context: 'Outcome' }),
  failed: msg({ message: 'Failed', context: 'Outcome' }),
  no_quorum: msg({ message: 'No quorum', context: 'Outcome' }),
  objection: msg({ message: 'Objection', context: 'Outcome' }),
  meeting_decides: msg({ message: 'Meeting decides', context: 'Outcome' }),
}

export const partyContributionKind: Words<Schemas['PartyContributionKind']> = {
  money: msg({ message: 'Money', context: 'ContributionKind' }),
  working_time: msg({ message: 'Working time', context: 'ContributionKind' }),
  premises: msg({ message: 'Premises', context: 'ContributionKind' }),
  volunteers: msg({ message: 'Volunteers', context: 'ContributionKind' }),
}

export const partnerOutcome: Words<Schemas['PartnerOutcome']> = {
  statement: msg({ message: 'Statement', context: 'PartnerOutcome' }),
  letter_of_intent: msg({ message: 'Letter of intent', context: 'PartnerOutcome' }),
  commitment: msg({ message: 'Commitment', context: 'PartnerOutcome' }),
  none: msg({ message: 'No partnership', context: 'PartnerOutcome' }),
  not_taken_up: msg({ message: 'Not taken up', context: 'PartnerOutcome' }),
}

export const relationKind: Words<Schemas['RelationKind']> = {
  umbrella: msg({ message: 'Umbrella', context: 'RelationKind' }),
  parish_union: msg({ message: 'Parish union', context: 'RelationKind' }),
  host: msg({ message: 'Host', context: 'RelationKind' }),
}

export const role: Words<Schemas['Role']> = {
  viewer: msg({ message: 'Viewer', context: 'Role' }),
  editor: msg({ message: 'Editor', context: 'Role' }),
  owner: msg({ message: 'Owner', context: 'Role' }),
  signatory: msg({ message: 'Signatory', context: 'Role' }),
  officer: msg({ message: 'Officer', context: 'Role' }),
  decider: msg({ message: 'Decider', context: 'Role' }),
  registry: msg({ message: 'Registry', context: 'Role' }),
  representative: msg({ message: 'Representative', context: 'Role' }),
  deputy: msg({ message: 'Deputy', context: 'Role' }),
  coordinator: msg({ message: 'Coordinator', context: 'Role' }),
  chair: msg({ message: 'Chair', context: 'Role' }),
  secretary: msg({ message: 'Secretary', context: 'Role' }),
  observer: msg({ message: 'Observer', context: 'Role' }),
  operator: msg({ message: 'Operator', context: 'Role' }),
  inspector: msg({ message: 'Inspector', context: 'Role' }),
}

export const sector: Words<Schemas['Sector']> = {
  municipality: msg({ message: 'Municipality', context: 'Sector' }),
  wellbeing_county: msg({ message: 'Wellbeing county', context: 'Sector' }),
  association: msg({ message: 'Association', context: 'Sector' }),
  parish: msg({ message: 'Parish', context: 'Sector' }),
  company: msg({ message: 'Company', context: 'Sector' }),
  village_committee: msg({ message: 'Village committee', context: 'Sector' }),
  action_group: msg({ message: 'Action group', context: 'Sector' }),
  residents: msg({ message: 'Residents', context: 'Sector' }),
  state: msg({ message: 'State', context: 'Sector' }),
  foundation: msg({ message: 'Foundation', context: 'Sector' }),
}
