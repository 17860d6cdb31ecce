import type { Pages } from '../../lib/pages'

export default {
  own: {
    evaluations: () => import('./EvaluationsPage'),
    reports: () => import('./ReportsPage'),
    'reports/$id': () => import('./ReportPage'),
    'reports/$id/edit': () => import('./EditReportPage'),
    'reports/new': () => import('./NewReportPage'),
  },
} satisfies Pages
