import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import type { Faulty } from '../../../ui/Form'
import { ChecksField } from '../../../ui/inputs'

export type ConditionPart = Schemas['ConditionPart']

/** The parts that a condition can concern, in the order of the form. */
const PARTS: Record<ConditionPart, MessageDescriptor> = {
  ...enumLabels.ApplicationPart,
  area_ids: msg`Areas`,
  amount_cents: msg`Amount applied for`,
  attachments: msg`Attachments`,
}

const OTHERS: Record<string, MessageDescriptor> = {
  applicants: msg`Applicants`,
  co_applicant_ids: msg`Applicants`,
  authorities: msg`Partner authorities`,
  call_id: msg`Funding call`,
  need_ids: msg`Needs chosen`,
}

/** What a part of a version is called. */
export const partLabel = (part: string): MessageDescriptor | undefined => PARTS[part as ConditionPart] ?? OTHERS[part]

/** Which parts of the application a condition concerns. */
export function PartsField({
  name,
  value,
  onChange,
  fault,
}: {
  name: string
  value: ConditionPart[]
  onChange: (value: ConditionPart[]) => void
  fault: Faulty
}) {
  const { t } = useLingui()
  return (
    <ChecksField
      label={t`What does the condition concern?`}
      hint={t`Only these parts may change without a new decision. If you choose none, they are how the work is done: goals, methods, duration, partners and indicators.`}
      name={name}
      value={value}
      onChange={(chosen) => onChange(chosen as ConditionPart[])}
      options={Object.entries(PARTS).map(([part, word]) => ({ value: part, label: t(word) }))}
      fault={fault}
      optional
    />
  )
}
