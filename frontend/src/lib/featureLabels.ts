import type { MessageDescriptor } from '@lingui/core'
import type { Schemas } from '../api/client'
import type { EventType } from '../api/codes'

/** Words by a code that the API gives. */
export type Messages = Record<string, MessageDescriptor>

/** The page where a task is done. */
export type Place = (task: Schemas['TaskPublic']) => string

/** What a kind of task asks for, and where. */
export interface TaskLabel {
  label: MessageDescriptor
  to: Place
}

/** The enumerations of the API. */
type Enums = { [Name in keyof Schemas as Schemas[Name] extends string ? Name : never]: Schemas[Name] }

/** What a feature's codes are called: its `labels.ts`, which enters it in `Labelled`, too. */
export interface FeatureLabels {
  /** What each type of event says in a timeline. */
  events?: { [Type in EventType]?: MessageDescriptor }
  /** What an error's code means to the person who reads it. */
  errors?: Messages
  /** What is wrong with one field. */
  fields?: Messages
  /** Words for the values of the API's enumerations; a value without a word does not compile. */
  enums?: { [Name in keyof Enums]?: Record<Enums[Name], MessageDescriptor> }
  tasks?: Record<string, TaskLabel>
  /**
   * The first path segments whose answers an event may change, by its subject's kind and by the first word of its type:
   * the subject of `comment.added` is what the comment is on.
   */
  live?: Record<string, string[]>
}

/** The labels of all features, by feature. */
// biome-ignore lint/suspicious/noEmptyInterface: each feature's labels.ts adds its own
export interface Labelled {}
