import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'
import type { ErrorCode, EventType } from '../api/codes'
import { errorTexts, GENERIC } from './errorMessages'
import type { FeatureLabels, Labelled, TaskLabel } from './featureLabels'

const features = Object.values(
  import.meta.glob<FeatureLabels>(['../features/*/labels.ts', '../ui/*/labels.ts'], { eager: true, import: 'default' }),
)

type Part = keyof FeatureLabels
type Both<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never
/** A part of all features' labels together. */
type All<P extends Part> = Both<
  { [F in keyof Labelled]: Labelled[F] extends Record<P, infer Held> ? Held : never }[keyof Labelled]
>

const all = <P extends Part>(part: P) => Object.assign({}, ...features.map((one) => one[part])) as All<P>

/** Words for the values of the API's enumerations, by the name that the API gives them. */
export const enumLabels = all('enums')

/** What each type of event says in a timeline; a type without words does not compile. */
export const eventLabels: Record<EventType, MessageDescriptor> = all('events')

const SOMETHING = msg`Something happened`

/** What happened, in words. */
export const eventText = (type: string): MessageDescriptor => eventLabels[type as EventType] ?? SOMETHING

/** What errors mean to the person who reads them; a code without words does not compile. */
export const errorMessages = { ...GENERIC.errors, ...all('errors') } satisfies Record<ErrorCode, MessageDescriptor>
export const fieldErrors = { ...GENERIC.fields, ...all('fields') }
export const { problemText, fieldText } = errorTexts({ errors: errorMessages, fields: fieldErrors })

/** Why an action is not possible now, by the code that blocks it. */
export const reasonText = (code: string | null | undefined): MessageDescriptor =>
  problemText({ code: code ?? 'wrong_state' })

const tasks: Record<string, TaskLabel> = all('tasks')

const OTHER: TaskLabel = {
  label: msg`Something waits for you`,
  to: (task: Schemas['TaskPublic']) => (task.network_id ? `networks/${task.network_id}` : ''),
}

export const taskLabel = (kind: string): TaskLabel => tasks[kind] ?? OTHER

/** The first path segments of what an event may change, by its subject's kind and by the first word of its type. */
export const liveSegments: Record<string, string[]> = all('live')
