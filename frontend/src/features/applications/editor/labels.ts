import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { enumLabels } from '../../../lib/labels'
import type { Field } from './draft'

/** What each field of the editor is called. */
export const FIELD_LABELS: Record<Field, MessageDescriptor> = {
  ...enumLabels.ApplicationPart,
  language: msg`Language of the application`,
  call_id: msg`Funding call`,
  amount_cents: msg`Sum applied for`,
  co_applicant_ids: msg`Further applicants`,
  network_ids: msg`Networks asked`,
  authorities: msg`Authorities asked to be partners`,
  need_ids: msg`Needs that it answers`,
  area_ids: msg`Areas`,
  contacts: msg`Contact persons`,
}

/** What one writes into a part. */
export const HINTS: Partial<Record<Field, MessageDescriptor>> = {
  purpose: msg`What is wrong or missing now, for whom, and how do you know?`,
  goals: msg`What is different when it has succeeded?`,
  methods: msg`What is done, by whom, how often and where?`,
  partners: msg`Who takes part, and with what?`,
  complements: msg`What is there already, and what does this add?`,
  cooperation: msg`What do you wish from the members of the networks?`,
  needs: msg`Needs that nobody has entered here yet, in your own words.`,
}

export const STEPS = ['basics', 'partners', 'content', 'needs', 'budget', 'contacts', 'submit'] as const
export type StepId = (typeof STEPS)[number]

export const STEP_LABELS: Record<StepId, MessageDescriptor> = {
  basics: msg`Basics`,
  partners: msg`Who is asked`,
  content: msg`What and why`,
  needs: msg`Needs answered`,
  budget: msg`Costs and measures`,
  contacts: msg`Contacts and files`,
  submit: msg`Check and submit`,
}

/** The step on which a field is filled in. */
export const STEP_OF: Record<Field, StepId> = {
  title: 'basics',
  language: 'basics',
  call_id: 'basics',
  amount_cents: 'basics',
  co_applicant_ids: 'basics',
  network_ids: 'partners',
  authorities: 'partners',
  area_ids: 'partners',
  purpose: 'content',
  target_groups: 'content',
  goals: 'content',
  methods: 'content',
  duration: 'content',
  partners: 'content',
  complements: 'content',
  cooperation: 'content',
  need_ids: 'needs',
  needs: 'needs',
  budget: 'budget',
  measures: 'budget',
  contacts: 'contacts',
}
