import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Content } from './report'

/** What each section is called, in their order. */
export const SECTIONS: Record<keyof Content, MessageDescriptor> = {
  activities: msg`What was done`,
  figures: msg`Activities in figures`,
  contributions: msg`What was put in`,
  stories: msg`Stories`,
  problems: msg`What was difficult`,
  plans: msg`What comes next`,
}

/** What one writes into a text. */
export const HINTS: Partial<Record<keyof Content, MessageDescriptor>> = {
  activities: msg`What was arranged, for whom, where and how often, and what came of it.`,
  problems: msg`What did not go as planned, and what was done about it.`,
  plans: msg`What is done in the same way next year, and what in another.`,
}

export const TEXTS = ['activities', 'problems', 'plans'] as const
export type TextSection = (typeof TEXTS)[number]
