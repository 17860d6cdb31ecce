import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    attachment_too_large: msg`The file is larger than allowed.`,
    comment_removed: msg`This comment has been removed.`,
  },
  fields: {
    attachment_unknown: msg`There is no such file.`,
    audience_unavailable: msg`This cannot be shown to these people.`,
    comment_unknown: msg`The comment that you answer is not here any more.`,
    file_missing: msg`Choose a file.`,
    media_type_refused: msg`This kind of file is not taken.`,
    name_invalid: msg`The file needs a name.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    discussions: typeof errors
  }
}
