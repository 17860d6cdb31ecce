import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'application.applicant_answered': msg`An organisation answered whether it applies`,
    'application.applicant_asked': msg`An organisation was asked to apply together`,
    'application.applicant_left': msg`An applicant left`,
    'application.applicant_succeeded': msg`A successor took the place of an archived applicant`,
    'application.applicants_released': msg`Whoever had not accepted was named among the partners`,
    'application.changed': msg`The application was changed`,
    'application.closed': msg`The application was closed`,
    'application.created': msg`A draft was begun`,
    'application.deleted': msg`The draft was deleted`,
    'application.submitted': msg`The application was submitted`,
    'application.withdrawn': msg`The application was withdrawn`,
    'filing.changed': msg`The filing was changed`,
    'filing.closed': msg`The filing was closed`,
    'filing.filed': msg`The application was sent to the funder`,
    'filing.granted': msg`The funder granted money`,
    'filing.plan_changed': msg`The plan was changed after the grant`,
    'filing.planned': msg`A filing was planned`,
    'filing.recovered': msg`Money was recovered`,
    'filing.refused': msg`The funder refused`,
    'filing.reported': msg`The report was given`,
    'filing.withdrawn': msg`The filing was taken back`,
  },
  enums: {
    ApplicationPart: {
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
    },
    ApplicationState: {
      draft: msg({ message: 'Draft', context: 'ApplicationState' }),
      active: msg({ message: 'Active', context: 'ApplicationState' }),
      withdrawn: msg({ message: 'Withdrawn', context: 'ApplicationState' }),
      closed: msg({ message: 'Closed', context: 'ApplicationState' }),
    },
    FilingState: {
      planned: msg({ message: 'Planned', context: 'FilingState' }),
      filed: msg({ message: 'Filed', context: 'FilingState' }),
      granted: msg({ message: 'Granted', context: 'FilingState' }),
      refused: msg({ message: 'Refused', context: 'FilingState' }),
      withdrawn: msg({ message: 'Withdrawn', context: 'FilingState' }),
      plan_changed: msg({ message: 'Plan changed', context: 'FilingState' }),
      reported: msg({ message: 'Reported', context: 'FilingState' }),
      closed: msg({ message: 'Closed', context: 'FilingState' }),
    },
  },
  tasks: {
    application_to_submit: {
      label: msg`Submit before the call closes`,
      to: ({ subject }) => `applications/${subject.id}/edit`,
    },
    co_applicant_to_answer: {
      label: msg`Answer whether you apply together`,
      to: ({ subject }) => `applications/${subject.id}#co-applicants`,
    },
    filing_to_file: {
      label: msg`File with the funder before the call closes`,
      to: ({ subject }) => `filings/${subject.id}?action=file`,
    },
    filing_result_to_record: {
      label: msg`Record the funder’s decision`,
      to: ({ subject }) => `filings/${subject.id}?action=grant`,
    },
    grant_report_day_to_add: {
      label: msg`Add the day of the report to the funder`,
      to: ({ subject }) => `filings/${subject.id}?action=update`,
    },
    grant_report_due: {
      label: msg`Report to the funder`,
      to: ({ subject }) => `filings/${subject.id}?action=report`,
    },
  },
  live: {
    application: ['applications', 'handlings', 'partner-requests', 'filings', 'tasks'],
    filing: ['filings', 'applications'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    applications: typeof labels
  }
}
