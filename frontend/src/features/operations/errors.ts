import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    compromised_in_the_future: msg`A key cannot be compromised in the future.`,
    file_not_understood: msg`The file was not understood. Choose its sheet or headings and run the trial again.`,
    import_file_gone: msg`The file is no longer stored. Send it again.`,
    import_ended: msg`This import has ended.`,
    import_refused: msg`Some rows are not right. Nothing was imported.`,
    import_too_large: msg`The file is larger than allowed.`,
    row_not_near: msg`Nothing like this row is in the register. Correct the row or leave it out.`,
    number_of_candidate: msg`The organisation that is here has this number or id. Correct it, or leave the row out.`,
    rows_to_decide: msg`Some rows are faulty or have not been decided. Correct them, decide, or leave them out.`,
    touched_since: msg`Others have changed or used what this import stored, so it cannot be undone.`,
    trial_needed: msg`Rows have been decided or corrected. Run the trial again to see what happens.`,
    undo_binds_others: msg`Others have already been shown what this import stored, so it is not undone here.`,
    undo_too_late: msg`The time for undoing this import has passed.`,
    key_revoked: msg`This key has been revoked.`,
    key_unknown: msg`There is no such key.`,
    loop_stopped: msg`Work in the background has stopped. Tell whoever runs the service.`,
    mail_failing: msg`Email is not being sent. Tell whoever runs the service.`,
  },
  fields: {
    csv_expected: msg`Send a CSV, XLSX or ODS file.`,
    ndjson_expected: msg`Send lines of JSON.`,
    field_unknown: msg`There is no such field in these rows.`,
    not_a_candidate: msg`Choose one of those that are shown beside the row.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    operations: typeof errors
  }
}
