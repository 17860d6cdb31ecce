import type { MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import type { Texts } from '../../../lib/language'
import { type Faulty, Form } from '../../../ui/Form'
import { CheckField, ChecksField, ChooseField, NumberField } from '../../../ui/inputs'
import { filled, TranslatedField } from '../../../ui/TranslatedField'
import { type Rule, useRuleLabels } from './ruleLabels'

type Kept = Schemas['RulebookCreate']

const NUMBERS = ['quorum_percent', 'handling_days', 'ballot_days', 'validity_days'] as const
const FLAGS = [
  'blanks_count',
  'closes_early',
  'one_is_enough',
  'authority_votes',
  'shared_owners_apart',
  'umbrellas_stand_aside',
  'same_call_stands_aside',
  'votes_public',
  'declines_public',
] as const
const LISTS = ['required_parts', 'minor_fields'] as const

/** What no rulebook makes minor. */
const NEVER_MINOR = ['purpose', 'target_groups', 'budget']

/** The text and the decision rule of a draft. */
export function RulebookForm({
  texts: before,
  rule: held,
  send,
  secondary,
}: {
  texts: Texts
  rule: Rule
  send: (kept: Kept) => Promise<unknown>
  secondary: ReactNode
}) {
  const { t } = useLingui()
  const [texts, setTexts] = useState(before)
  const [rule, setRule] = useState(held)
  return (
    <Form
      label={t`Save the draft`}
      secondary={secondary}
      send={() => send({ texts: filled(texts) ?? {}, rule })}
      check={() => (filled(texts) ? {} : { '/texts': t`Write the text in one language at least.` })}
    >
      {(faultOf) => (
        <>
          <TranslatedField label={t`Text`} name="texts" value={texts} onChange={setTexts} faultOf={faultOf} long />
          <RuleFields rule={rule} onChange={setRule} faultOf={faultOf} />
        </>
      )}
    </Form>
  )
}

function RuleFields({
  rule,
  onChange,
  faultOf,
}: {
  rule: Rule
  onChange: (rule: Rule) => void
  faultOf: (pointer: string) => Faulty
}) {
  const { t } = useLingui()
  const { fields, methods } = useRuleLabels()
  const options = (words: Record<string, MessageDescriptor>) =>
    Object.entries(words).map(([value, word]) => ({ value, label: t(word) }))
  return (
    <>
      <ChooseField
        label={fields.method ?? ''}
        hint={methods[rule.method]}
        name="rule/method"
        value={rule.method}
        onChange={(value) => onChange({ ...rule, method: value as Rule['method'] })}
        fault={faultOf('/rule/method')}
        options={options(enumLabels.DecisionMethod)}
      />
      {NUMBERS.map((name) => (
        <NumberField
          key={name}
          label={fields[name] ?? ''}
          name={`rule/${name}`}
          value={rule[name] ?? null}
          onChange={(value) => onChange({ ...rule, [name]: value })}
          fault={faultOf(`/rule/${name}`)}
        />
      ))}
      {LISTS.map((name) => (
        <ChecksField
          key={name}
          label={fields[name] ?? ''}
          name={`rule/${name}`}
          value={rule[name] ?? []}
          onChange={(value) => onChange({ ...rule, [name]: value as Schemas['ApplicationPart'][] })}
          fault={faultOf(`/rule/${name}`)}
          options={options(enumLabels.ApplicationPart).filter(
            (one) => name !== 'minor_fields' || !NEVER_MINOR.includes(one.value),
          )}
        />
      ))}
      {FLAGS.map((name) => (
        <CheckField
          key={name}
          label={fields[name] ?? ''}
          name={`rule/${name}`}
          value={rule[name] ?? false}
          onChange={(value) => onChange({ ...rule, [name]: value })}
          fault={faultOf(`/rule/${name}`)}
        />
      ))}
    </>
  )
}
