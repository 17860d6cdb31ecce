import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import type { Schemas } from '../api/client'
import { enumLabels } from '../lib/labels'
import { StatusTag } from './StatusTag'

type Condition = Schemas['EndorsementCondition']

/** Open conditions first, of these the ones that must be met before the authority begins. */
const order = (one: Condition) => (one.met ? 2 : one.when === 'before' ? 0 : 1)

/** What a puumerkki depends on, and by when. */
export function ConditionList({ of }: { of: Condition[] }) {
  const { t } = useLingui()
  return (
    <ul>
      {[...of]
        .sort((a, b) => order(a) - order(b))
        .map((one) => (
          <li key={one.text}>
            {one.text}{' '}
            {one.met ? (
              <StatusTag tone="good">{t({ message: 'Met', context: 'condition' })}</StatusTag>
            ) : (
              <>
                <StatusTag tone="warning">{t({ message: 'Not met yet', context: 'condition' })}</StatusTag>{' '}
                {t`To be met:`} {t(enumLabels.MetWhen[one.when])}
              </>
            )}
          </li>
        ))}
    </ul>
  )
}

export function Conditions({ of, level = 'h2' }: { of: Condition[]; level?: 'h2' | 'h4' }) {
  const { t } = useLingui()
  if (of.length === 0) return null
  return (
    <section>
      <Heading variant={level}>{t`Conditions`}</Heading>
      <ConditionList of={of} />
    </section>
  )
}
