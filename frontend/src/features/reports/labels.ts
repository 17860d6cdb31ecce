import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'evaluation.changed': msg`A party changed its evaluation`,
    'evaluation.given': msg`A party gave its evaluation`,
    'report.accepted': msg`The report was accepted`,
    'report.changed': msg`The report was changed`,
    'report.deleted': msg`The report was deleted`,
    'report.drafted': msg`A report was drafted`,
    'report.returned': msg`The report was returned to be mended`,
    'report.submitted': msg`The report was submitted`,
  },
  enums: {
    FigureKind: {
      people: msg({ message: 'People', context: 'FigureKind' }),
      visits: msg({ message: 'Visits', context: 'FigureKind' }),
      events: msg({ message: 'Events', context: 'FigureKind' }),
      hours: msg({ message: 'Hours of activity', context: 'FigureKind' }),
    },
    GoesOn: {
      yes: msg({ message: 'Yes, as it is', context: 'GoesOn' }),
      changed: msg({ message: 'Yes, but changed', context: 'GoesOn' }),
      no: msg({ message: 'No', context: 'GoesOn' }),
    },
    ReportState: {
      draft: msg({ message: 'Draft', context: 'ReportState' }),
      submitted: msg({ message: 'Submitted', context: 'ReportState' }),
      accepted: msg({ message: 'Accepted', context: 'ReportState' }),
      returned: msg({ message: 'To be mended', context: 'ReportState' }),
    },
  },
  tasks: {
    report_to_accept: { label: msg`Read the report and accept it`, to: ({ subject }) => `reports/${subject.id}` },
    report_to_mend: { label: msg`Mend the report`, to: ({ subject }) => `reports/${subject.id}/edit` },
  },
  live: {
    report: ['reports', 'tasks'],
    evaluation: ['evaluations'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    reports: typeof labels
  }
}
