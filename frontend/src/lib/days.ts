import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What days are called that are not of a task; a calendar calls them so, too. */
const DAYS: Record<string, MessageDescriptor> = {
  ballot_closes: msg`Ballot closes`,
  call_closes: msg`The funding call closes`,
  handling_due: msg`The network's review is due`,
  meeting: msg`Meeting`,
}

const A_DAY = msg`A day to keep in mind`

/** Whether a kind is of days that are not of a task. */
export const isDay = (kind: string) => kind in DAYS

export const dayLabel = (kind: string): MessageDescriptor => DAYS[kind] ?? A_DAY
