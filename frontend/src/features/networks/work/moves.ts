import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../../../api/client'

/** The steps that move an application on the board; the rest is done on the handling's own page. */
export const MOVES: Partial<Record<Schemas['HandlingAction'], MessageDescriptor>> = {
  begin_review: msg`Begin the review`,
  return: msg`Return to be mended`,
  open_ballot: msg`Open a ballot`,
  endorse: msg`Grant the puumerkki`,
  decline: msg`Decline`,
  record_decision: msg`Record the meeting's decision`,
  reopen_review: msg`Back to review`,
  give_statement: msg`Give a statement`,
  take_new_version: msg`Take the new version`,
}
