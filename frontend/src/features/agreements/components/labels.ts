import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Content } from './agreement'

/** What each section is called, in their order. */
export const SECTIONS: Record<keyof Content, MessageDescriptor> = {
  purpose: msg`What is agreed on`,
  target_groups: msg`Target groups`,
  forms: msg`Forms of cooperation`,
  contributions: msg`What each party puts in`,
  reporting: msg`Reporting`,
  evaluation: msg`How it is evaluated`,
  personal_data: msg`Personal data`,
  termination: msg`How it can be terminated`,
  notice_months: msg`Notice in months`,
  confirm_by: msg`Each party confirms the year by`,
  evaluate_by: msg`Each party evaluates by`,
  check_contacts_by: msg`Each party checks its contact persons by`,
  public: msg`Publicity`,
}

/** What one writes into a text. */
export const HINTS: Partial<Record<keyof Content, MessageDescriptor>> = {
  purpose: msg`Why the parties work together, and what they want to reach.`,
  forms: msg`What is done together, how often and where, and who leads it.`,
  evaluation: msg`How and when the parties look together at how it went.`,
  personal_data: msg`Whose data is processed, by whom, and who is the controller.`,
  confirm_by: msg`For example 31.3. A day in the second half of a year confirms the year to come.`,
  evaluate_by: msg`For example 31.3. In the first half of a year one evaluates the year before.`,
  termination: msg`On what grounds a party may give it up before its last day.`,
}

export const YEAR_DAYS = ['confirm_by', 'evaluate_by', 'check_contacts_by'] as const

export const TEXTS = ['purpose', 'forms', 'evaluation', 'personal_data', 'termination'] as const
export type TextSection = (typeof TEXTS)[number]
