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

/** What a feature's codes are called: its `labels.ts`, which enters it in `LabelsByFeature`, too. */
export interface FeatureLabels {
  /** What each type of event says in a timeline. */
  events?: { [Type in EventType]?: MessageDescriptor }
  /** Words for the values of the API's enumerations; a value without a word does not compile. */
  enums?: { [Name in keyof Enums]?: Record<Enums[Name], MessageDescriptor> }
  tasks?: Record<string, TaskLabel>
  /**
   * The first path segments whose answers an event may change, by its subject's kind and by the first word of its type:
   * the subject of `comment.added` is what the comment is on.
   */
  live?: Record<string, string[]>
}

/** What a feature's errors are called: its `errors.ts`, fetched when there is nothing else to do. */
export interface FeatureErrors {
  /** What an error's code means to the person who reads it. */
  errors?: Messages
  /** What is wrong with one field. */
  fields?: Messages
}

/** The labels of all features, by feature. */
// biome-ignore lint/suspicious/noEmptyInterface: each feature's labels.ts adds its own
export interface LabelsByFeature {}

// biome-ignore lint/suspicious/noEmptyInterface: each feature's errors.ts adds its own
export interface ErrorsByFeature {}

type Both<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never
/** A part of what all features hold, together. */
export type Together<ByFeature, Part extends string> = Both<
  { [Name in keyof ByFeature]: ByFeature[Name] extends Record<Part, infer Held> ? Held : never }[keyof ByFeature]
>

/** Puts a part of all features together; `ByFeature` says what each holds. */
export const together =
  <ByFeature>() =>
  <Part extends string>(features: { [Name in Part]?: object }[], part: Part) =>
    Object.assign({}, ...features.map((one) => one[part])) as Together<ByFeature, Part>
