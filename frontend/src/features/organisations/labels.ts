import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

const organisation: Place = ({ subject }) => `organisations/${subject.id}`
const people: Place = ({ subject }) => `organisations/${subject.id}/people`
const edit: Place = ({ organisation_id }) => `organisations/${organisation_id}/edit`

const labels = {
  events: {
    'area.changed': msg`The area was changed`,
    'area.created': msg`The area was added`,
    'organisation.affiliation_declared': msg`A tie was declared`,
    'organisation.affiliation_withdrawn': msg`A declared tie was taken back`,
    'organisation.archived': msg`The organisation was archived`,
    'organisation.archiving_dropped': msg`The proposal to archive the organisation was dropped`,
    'organisation.archiving_objected': msg`The organisation objected to being archived`,
    'organisation.archiving_proposed': msg`It was proposed to archive the organisation`,
    'organisation.changed': msg`The organisation's details were changed`,
    'organisation.confirmation_asked': msg`Confirmation of the organisation was asked for`,
    'organisation.confirmation_refused': msg`The organisation was not confirmed`,
    'organisation.confirmed': msg`The organisation was confirmed`,
    'organisation.contact_added': msg`A contact was added`,
    'organisation.contact_changed': msg`A contact was changed`,
    'organisation.contact_removed': msg`A contact was removed`,
    'organisation.deleted': msg`The import that brought the organisation in was undone`,
    'organisation.created': msg`The organisation was added`,
    'organisation.merge_undone': msg`The merge of two organisations was undone`,
    'organisation.merged': msg`The organisation was merged with another one`,
    'organisation.relation_accepted': msg`The host accepted to answer for the group`,
    'organisation.relation_added': msg`A relation was added`,
    'organisation.relation_asked': msg`A group asked an organisation to be its host`,
    'organisation.relation_changed': msg`A relation was changed`,
    'organisation.relation_refused': msg`An organisation refused to be the host of a group`,
    'organisation.relation_removed': msg`A relation was removed`,
    'organisation.restored': msg`The organisation was brought back`,
    'organisation.roles_changed': msg`Somebody's roles were changed`,
    'organisation.succeeded': msg`A successor took the organisation's place`,
    'organisation.successor_accepted': msg`The successor accepted`,
    'organisation.successor_asked': msg`A successor was asked to take the organisation's place`,
    'organisation.successor_declined': msg`The successor declined`,
    'organisation.successor_gone': msg`The successor was archived, so its acceptance is no longer valid`,
  },
  enums: {
    LegalForm: {
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
    },
    MergedThing: {
      contacts: msg({ message: 'Contacts', context: 'MergedThing' }),
      external_ids: msg({ message: 'Ids in other systems', context: 'MergedThing' }),
      relations: msg({ message: 'Relations', context: 'MergedThing' }),
      roles: msg({ message: 'Roles of people', context: 'MergedThing' }),
      memberships: msg({ message: 'Memberships and seats in networks', context: 'MergedThing' }),
      needs: msg({ message: 'Needs', context: 'MergedThing' }),
      calls: msg({ message: 'Funding calls', context: 'MergedThing' }),
      applications: msg({ message: 'Applications', context: 'MergedThing' }),
      agreements: msg({ message: 'Agreements', context: 'MergedThing' }),
      reports: msg({ message: 'Reports', context: 'MergedThing' }),
      role_offers: msg({ message: 'Invitations', context: 'MergedThing' }),
      service_accounts: msg({ message: 'Service accounts', context: 'MergedThing' }),
      imports: msg({ message: 'Imports', context: 'MergedThing' }),
      cases: msg({ message: 'Cases', context: 'MergedThing' }),
      requirements: msg({ message: 'Puumerkki requirements', context: 'MergedThing' }),
      identifiers: msg({ message: 'Identifiers', context: 'MergedThing' }),
    },
    MergeStop: {
      service_accounts: msg({ message: 'Service accounts', context: 'MergeStop' }),
      role_offers: msg({ message: 'Roles that were offered and not accepted yet', context: 'MergeStop' }),
    },
    MergeObstacleCode: {
      business_id_differs: msg({ message: 'The two have different business ids.', context: 'MergeObstacleCode' }),
      association_register_number_differs: msg({
        message: 'The two have different numbers in the register of associations.',
        context: 'MergeObstacleCode',
      }),
      authority_and_other: msg({ message: 'Only one of the two is an authority.', context: 'MergeObstacleCode' }),
      archiving_open: msg({ message: 'It has been proposed to archive one of them.', context: 'MergeObstacleCode' }),
      naming_open: msg({
        message: 'An administrator is being named for one of them.',
        context: 'MergeObstacleCode',
      }),
      related: msg({ message: 'The two have a relation to each other.', context: 'MergeObstacleCode' }),
      ballot_open: msg({
        message: 'A ballot is open in which the one that goes has a vote, or which is about an application of theirs.',
        context: 'MergeObstacleCode',
      }),
      conditions_claimed: msg({
        message: 'One of them is asked whether its conditions are met.',
        context: 'MergeObstacleCode',
      }),
      apply_together: msg({ message: 'Both are applicants of the same application.', context: 'MergeObstacleCode' }),
      agree_together: msg({ message: 'Both are parties of the same agreement.', context: 'MergeObstacleCode' }),
      has_cases: msg({ message: 'The authority that would go has cases.', context: 'MergeObstacleCode' }),
      has_requirements: msg({
        message: 'The authority that would go has puumerkki requirements.',
        context: 'MergeObstacleCode',
      }),
    },
    RelationKind: {
      umbrella: msg({ message: 'Umbrella', context: 'RelationKind' }),
      parish_union: msg({ message: 'Parish union', context: 'RelationKind' }),
      host: msg({ message: 'Host', context: 'RelationKind' }),
    },
    Sector: {
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
    },
    OrganisationState: {
      active: msg({ message: 'Active', context: 'OrganisationState' }),
      archived: msg({ message: 'Archived', context: 'OrganisationState' }),
    },
  },
  tasks: {
    address_to_correct: { label: msg`Correct an email address from which messages come back`, to: people },
    archiving_to_answer: { label: msg`It is proposed to archive the organisation: agree or object`, to: organisation },
    host_to_answer: { label: msg`Answer whether the organisation is the host of a group`, to: edit },
    organisation_refused: {
      label: msg`Correct the organisation's details and ask for confirmation again`,
      to: organisation,
    },
    organisation_to_confirm: { label: msg`Confirm an added organisation`, to: organisation },
    successor_to_answer: {
      label: msg`Answer whether your organisation takes an archived one's place`,
      to: ({ organisation_id }) => `organisations/${organisation_id}`,
    },
    umbrella_to_check: { label: msg`Check whether the organisation belongs to yours as it says`, to: edit },
  },
  live: {
    organisation: ['organisations', 'me', 'tasks'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    organisations: typeof labels
  }
}
