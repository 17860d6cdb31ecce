import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../../../api/client'
import type { Tone } from '../../../lib/tones'

type Verdict = Schemas['RowVerdict']

/** In the order in which they are looked at: what asks for somebody comes first. */
export const VERDICTS: Record<Verdict, { word: MessageDescriptor; tone: Tone }> = {
  near: { word: msg`A similar one is here`, tone: 'warning' },
  faulty: { word: msg`Faulty`, tone: 'bad' },
  left_out: { word: msg`Left out`, tone: 'neutral' },
  new: { word: msg`New`, tone: 'good' },
  changed: { word: msg`Differs`, tone: 'info' },
  unchanged: { word: msg`Unchanged`, tone: 'neutral' },
}

export const VERDICT_ORDER = Object.keys(VERDICTS) as Verdict[]

/** Why a row is left out where it is not another row's fault. */
export const BECAUSE: Record<string, MessageDescriptor> = {
  skipped: msg`You chose to leave this row out.`,
  changed_since_the_trial: msg`The details here changed after the trial run. Send this row again.`,
  answered_since: msg`The invitation was answered or has expired, so it was not withdrawn. A role that was accepted stays.`,
}

/** Why a step ended as it did, by the job's reason. */
export const REASONS: Record<string, MessageDescriptor> = {
  could_not_run: msg`Something went wrong and nothing changed. Try again.`,
  interrupted: msg`The work was interrupted several times and nothing changed. Try again.`,
  touched_since: msg`Others have changed or used what this import stored. It was not undone.`,
  undo_binds_others: msg`Others have already been shown what this import stored. It was not undone.`,
}

/** Kinds whose rows others have been shown as soon as they are stored: they are not undone here; a test holds them. */
export const BINDING: Schemas['ImportKind'][] = ['agreements', 'proposals']

/** For how many days an import can be undone. */
export const UNDO_DAYS = 30
