import { useLingui } from '@lingui/react/macro'
import type { Faults, Faulty } from '../../../ui/Form'
import { DateField } from '../../../ui/inputs'
import styles from './Agreements.module.css'
import type { Said } from './agreement'

type Period = Pick<Said, 'starts_on' | 'ends_on'>

/** What is wrong with a period, seen before anything is sent. */
export function usePeriodFaults() {
  const { t } = useLingui()
  return ({ starts_on, ends_on }: Period): Faults =>
    starts_on !== null && ends_on !== null && ends_on < starts_on ? { '/ends_on': t`It ends before it begins.` } : {}
}

/** For what time something is agreed. */
export function PeriodFields({
  of,
  onChange,
  faultOf,
}: {
  of: Period
  onChange: (period: Period) => void
  faultOf: (pointer: string) => Faulty
}) {
  const { t } = useLingui()
  return (
    <div className={styles.days}>
      <DateField
        label={t`First day`}
        name="starts_on"
        value={of.starts_on}
        onChange={(starts_on) => onChange({ starts_on, ends_on: of.ends_on })}
        fault={faultOf('/starts_on')}
        optional
      />
      <DateField
        label={t`Last day`}
        name="ends_on"
        value={of.ends_on}
        onChange={(ends_on) => onChange({ starts_on: of.starts_on, ends_on })}
        fault={faultOf('/ends_on')}
        optional
      />
    </div>
  )
}
