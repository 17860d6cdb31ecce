import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { StatusTag } from '../../../ui/StatusTag'

/** What must be met for a mark to hold. */
export function Conditions({ of, level = 'h2' }: { of: Schemas['MarkCondition'][]; level?: 'h2' | 'h4' }) {
  const { t } = useLingui()
  if (of.length === 0) return null
  return (
    <section>
      <Heading variant={level}>{t`Conditions`}</Heading>
      <ul>
        {of.map((one) => (
          <li key={one.text}>
            {one.text}{' '}
            {one.met ? (
              <StatusTag tone="good">{t({ message: 'Met', context: 'condition' })}</StatusTag>
            ) : (
              <StatusTag tone="warning">{t({ message: 'Not met yet', context: 'condition' })}</StatusTag>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
