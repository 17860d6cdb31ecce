import { useLingui } from '@lingui/react/macro'
import { formatMoney } from '../../../lib/format'
import { Facts } from '../../../ui/Facts'
import styles from './Agreements.module.css'
import { type Putting, sumsOf } from './sums'

/** The money of each party: what it puts in every year, and what in single years. */
export function Sums({ of, nameOf }: { of: Putting[]; nameOf: (party: string) => string }) {
  const { t } = useLingui()
  const sums = sumsOf(of)
  if (sums.length === 0) return null
  return (
    <div className={styles.sums}>
      <Facts
        facts={sums.map(({ party, yearly, single }) => [
          nameOf(party),
          [
            yearly > 0 && t`${formatMoney(yearly)} every year`,
            single > 0 && t`${formatMoney(single)} in single years in all`,
          ]
            .filter(Boolean)
            .join(', '),
        ])}
      />
    </div>
  )
}
