import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'
import type { EventType } from '../api/codes'
import { type FeatureLabels, type LabelsByFeature, type TaskLabel, together } from './featureLabels'

const features = Object.values(
  import.meta.glob<FeatureLabels>(['../features/*/labels.ts', '../ui/*/labels.ts'], { eager: true, import: 'default' }),
)

const all = <Part extends keyof FeatureLabels>(part: Part) => together<LabelsByFeature>()(features, part)

/** Words for the values of the API's enumerations, by the name that the API gives them. */
export const enumLabels = all('enums')

/** What each type of event says in a timeline; a type without words does not compile. */
export const eventLabels: Record<EventType, MessageDescriptor> = all('events')

const SOMETHING = msg`Something happened`

/** What happened, in words. */
export const eventText = (type: string): MessageDescriptor => eventLabels[type as EventType] ?? SOMETHING

/** Whether it is a type of events. */
export const isEvent = (type: string): type is EventType => type in eventLabels

const tasks: Record<string, TaskLabel> = all('tasks')

const OTHER: TaskLabel = {
  label: msg`Something waits for you`,
  to: (task: Schemas['TaskPublic']) => (task.network_id ? `networks/${task.network_id}` : ''),
}

export const taskLabel = (kind: string): TaskLabel => tasks[kind] ?? OTHER

/** The first path segments of what an event may change, by its subject's kind and by the first word of its type. */
export const liveSegments: Record<string, string[]> = all('live')
