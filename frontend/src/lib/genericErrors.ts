import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'
import type { Messages } from './featureLabels'

/** What any page may have to say, and what must be said when nothing more can be fetched: part of the first load. */
export const GENERIC = {
  errors: {
    conflict: msg`The state of this does not allow it.`,
    database_unavailable: msg`The service is interrupted for a moment. Try again soon.`,
    external_id_of_several: msg`Several have this id since two organisations were merged. Open the one that you mean.`,
    forbidden: msg`You are not allowed to do this.`,
    idempotency_key_reused: msg`This was sent already. Load the page again.`,
    internal_error: msg`Something went wrong. Try again; if it happens again, tell whoever runs the service.`,
    invalid: msg`Some of the input is not right.`,
    malformed: msg`Some of the input is not right.`,
    method_not_allowed: msg`This cannot be done in the present state.`,
    no_connection: msg`There is no connection to the service. Check your network and try again.`,
    not_found: msg`There is no such thing, or you may not see it.`,
    origin_refused: msg`This page is not one of the service. Open the service at its own address.`,
    people_only: msg`Only people can do this, not service accounts.`,
    precondition_required: msg`Load the page again and try once more.`,
    refused: msg`You are not allowed to do this.`,
    session_ended: msg`The session has ended. Sign in again.`,
    sign_in_to_export: msg`So long a list cannot be downloaded without signing in. Sign in, or narrow the list down.`,
    stale_version: msg`Somebody has changed this since you read it.`,
    token_invalid: msg`The session has ended. Sign in again.`,
    too_large: msg`This is larger than allowed.`,
    too_many_to_export: msg`A workbook cannot hold so many rows. Narrow the list down, or choose CSV.`,
    too_many_requests: msg`Too many tries. Wait a while.`,
    try_again: msg`Somebody did the same at once. Try again.`,
    unauthenticated: msg`Sign in first.`,
    wrong_state: msg`This cannot be done in the present state.`,
  },
  fields: {
    missing: msg`This is needed.`,
    string_too_short: msg`This is too short.`,
    string_too_long: msg`This is too long.`,
    too_short: msg`There are too few of these.`,
    too_long: msg`There are too many of these.`,
    string_pattern_mismatch: msg`This is not written as expected.`,
    enum: msg`Choose one of the values.`,
    greater_than: msg`The number is too small.`,
    greater_than_equal: msg`The number is too small.`,
    less_than: msg`The number is too large.`,
    less_than_equal: msg`The number is too large.`,
    date_from_datetime_parsing: msg`This is not a day.`,
    date_parsing: msg`This is not a day.`,
    datetime_from_date_parsing: msg`This is not a day and time.`,
    datetime_parsing: msg`This is not a day and time.`,
    int_parsing: msg`This is not a whole number.`,
    in_the_future: msg`This cannot lie in the future.`,
    in_the_past: msg`Give a day that is today or later, such as 31.1.2027.`,
    not_expected: msg`This is not expected here.`,
    text_invalid: msg`The text holds characters that cannot be kept.`,
    needed: msg`This is needed.`,
  },
}

const UNKNOWN = msg`Something went wrong. Try again; if it happens again, tell whoever runs the service.`
const UNKNOWN_FIELD = msg`Check what you wrote here.`

/** How errors are told, by the words that there are for them. */
export interface ErrorTexts {
  /** The problem in words of the app's language. */
  problemText: (problem: Pick<Schemas['Problem'], 'code'>) => MessageDescriptor
  /** What is wrong with a field, in words of the app's language. */
  fieldText: (field: Pick<Schemas['ProblemField'], 'code'>) => MessageDescriptor
  /** Why an action is not possible now, by the code that blocks it. */
  reasonText: (code: string | null | undefined) => MessageDescriptor
}

export function errorTexts({ errors, fields }: { errors: Messages; fields: Messages }): ErrorTexts {
  return {
    problemText: ({ code }) => errors[code] ?? UNKNOWN,
    fieldText: ({ code }) => fields[code] ?? UNKNOWN_FIELD,
    reasonText: (code) => errors[code ?? 'wrong_state'] ?? UNKNOWN,
  }
}

/** Errors in the words that are always there. */
export const genericTexts = errorTexts(GENERIC)

/** What is said where a field is empty. */
export const NEEDED = GENERIC.fields.missing
