import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

/** A place on the page of an agreement, or the form of an action there. */
const agreement =
  (place: string): Place =>
  ({ subject }) =>
    `agreements/${subject.id}${place}`

const labels = {
  events: {
    'agreement.amendment_withdrawn': msg`An amendment was taken back`,
    'agreement.came_into_force': msg`The agreement came into force`,
    'agreement.cancelled': msg`The agreement was cancelled`,
    'agreement.changed': msg`The agreement was changed`,
    'agreement.confirmed': msg`The year was confirmed by all parties`,
    'agreement.drafted': msg`The agreement was drafted`,
    'agreement.duty_done': msg`A party did what the agreement asks`,
    'agreement.duty_late': msg`A party is two weeks late`,
    'agreement.duty_reopened': msg`A party was asked for something once more`,
    'agreement.ended': msg`The agreement ended`,
    'agreement.expiring': msg`The last six months began`,
    'agreement.party_succeeded': msg`A successor took the place of an archived party`,
    'agreement.proposed': msg`A version was proposed to be signed`,
    'agreement.record_confirmed': msg`A party confirmed the recorded agreement`,
    'agreement.record_disputed': msg`A party disputed the recorded agreement`,
    'agreement.recorded': msg`A party recorded the agreement as signed on paper`,
    'agreement.renewed': msg`The agreement ended, and another goes on from it`,
    'agreement.signed': msg`A party signed the agreement`,
    'agreement.signed_by_all': msg`All parties have signed the agreement, which begins later`,
    'agreement.terminated': msg`The agreement was terminated`,
    'agreement_template.changed': msg`A template of agreements was changed`,
    'agreement_template.created': msg`A template of agreements was saved`,
    'agreement_template.removed': msg`A template of agreements was removed`,
  },
  enums: {
    AgreementKind: {
      cooperation: msg({ message: 'Cooperation agreement', context: 'AgreementKind' }),
      partnership: msg({ message: 'Partnership agreement', context: 'AgreementKind' }),
      service_purchase: msg({ message: 'Service purchase agreement', context: 'AgreementKind' }),
    },
    PartyContributionKind: {
      money: msg({ message: 'Money', context: 'ContributionKind' }),
      working_time: msg({ message: 'Working time', context: 'ContributionKind' }),
      premises: msg({ message: 'Premises', context: 'ContributionKind' }),
      volunteers: msg({ message: 'Volunteers', context: 'ContributionKind' }),
    },
    AgreementState: {
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
    },
    VersionStatus: {
      open: msg({ message: 'Waits for signatures', context: 'VersionStatus' }),
      recorded: msg({ message: 'Recorded by one party', context: 'VersionStatus' }),
      signed: msg({ message: 'Signed, not yet begun', context: 'VersionStatus' }),
      in_force: msg({ message: 'In force', context: 'VersionStatus' }),
      replaced: msg({ message: 'Replaced', context: 'VersionStatus' }),
      withdrawn: msg({ message: 'Taken back', context: 'VersionStatus' }),
      lapsed: msg({ message: 'Not signed by all', context: 'VersionStatus' }),
      ended: msg({ message: 'Was in force until the end', context: 'VersionStatus' }),
    },
  },
  tasks: {
    agreement_contacts_to_check: { label: msg`Check the contact persons of the agreement`, to: agreement('#duties') },
    agreement_evaluation_due: { label: msg`Evaluate the agreement`, to: agreement('#duties') },
    agreement_record_to_confirm: {
      label: msg`Confirm an agreement that another party recorded`,
      to: agreement(''),
    },
    agreement_renewal_to_decide: { label: msg`Decide whether the agreement goes on`, to: agreement('#duties') },
    agreement_report_due: { label: msg`Report under the agreement`, to: agreement('#duties') },
    agreement_to_confirm: { label: msg`Confirm the agreement for the year`, to: agreement('#duties') },
    agreement_to_sign: { label: msg`Sign the agreement`, to: agreement('') },
  },
  live: {
    agreement: ['agreements', 'tasks'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    agreements: typeof labels
  }
}
