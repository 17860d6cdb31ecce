import type { Pages } from '../../lib/pages'

export default {
  own: {
    evaluations: 'EvaluationsPage',
    reports: 'ReportsPage',
    'reports/$id': 'ReportPage',
    'reports/$id/edit': 'EditReportPage',
    'reports/new': 'NewReportPage',
  },
} satisfies Pages
