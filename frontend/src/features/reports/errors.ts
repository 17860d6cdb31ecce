import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    evaluation_exists: msg`The organisation has evaluated that year already: change that evaluation.`,
    evaluations_complete: msg`All parties have evaluated that year, so what they said stays.`,
    own_report: msg`You submitted this report yourself, so somebody else of the other party accepts or returns it.`,
    report_exists: msg`The organisation has a report for that year already.`,
    report_fixed: msg`The report has been submitted: it changes once it is returned.`,
    report_incomplete: msg`Say first what was done.`,
  },
  fields: {
    not_a_party: msg`The organisation is not a party.`,
    subject_kind_unknown: msg`This kind of thing is not reported on.`,
    subject_unknown: msg`There is no such thing, or you may not see it.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    reports: typeof errors
  }
}
