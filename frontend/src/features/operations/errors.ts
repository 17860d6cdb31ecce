import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    compromised_in_the_future: msg`A key cannot be compromised in the future.`,
    import_ended: msg`This import has ended.`,
    import_refused: msg`Some rows are not right. Nothing was imported.`,
    import_too_large: msg`The file is larger than allowed.`,
    key_revoked: msg`This key has been revoked.`,
    key_unknown: msg`There is no such key.`,
    loop_stopped: msg`Work in the background has stopped. Tell whoever runs the service.`,
  },
  fields: {
    csv_expected: msg`Send a CSV, XLSX or ODS file.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    operations: typeof errors
  }
}
