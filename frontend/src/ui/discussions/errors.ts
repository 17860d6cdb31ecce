import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    attachment_too_large: msg`The file is larger than allowed.`,
    attachment_twice: msg`The same file is here already.`,
    comment_removed: msg`This comment has been removed.`,
  },
  fields: {
    attachment_unknown: msg`There is no such file.`,
    archive_refused: msg`Add the files one by one, not as an archive.`,
    audience_unavailable: msg`This cannot be shown to these people.`,
    comment_unknown: msg`The comment that you answer is not here any more.`,
    file_broken: msg`The file is broken. Save it again and add that one.`,
    file_missing: msg`Choose a file.`,
    heic_refused: msg`Save the picture as JPEG or PDF and add that one.`,
    macros_refused: msg`Save the document without macros, or as PDF, and add that one.`,
    media_type_refused: msg`Save the file as PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS, CSV or TXT and add that one.`,
    old_office_refused: msg`Save the document as PDF, DOCX or XLSX and add that one.`,
    mention_unknown: msg`Name only people who may read the comment.`,
    too_many_mentions: msg`Name at most ten people in a comment.`,
    name_invalid: msg`The file needs a name.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    discussions: typeof errors
  }
}
