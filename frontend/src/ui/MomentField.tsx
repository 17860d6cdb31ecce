import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { readMoment, typedMoment } from '../lib/format'
import styles from './Form.module.css'
import { DateField, type Field, TextField } from './inputs'

/** A day and a time of day in Finland; its value is the API's moment, null until both are there. */
export function MomentField({ label, hint, name, value, onChange, fault, optional }: Field<string | null>) {
  const { t } = useLingui()
  const [day, setDay] = useState(() => (value ? typedMoment(value).day : null))
  const [time, setTime] = useState(() => (value ? typedMoment(value).time : ''))
  const bad = time.trim() !== '' && readMoment('2027-01-01', time) === null
  return (
    <fieldset aria-label={label} className={styles.moment}>
      <DateField
        label={label}
        hint={hint}
        name={name}
        value={day}
        onChange={(now) => {
          setDay(now)
          onChange(readMoment(now, time))
        }}
        fault={fault}
        optional={optional}
      />
      <TextField
        label={t`Time of day`}
        hint={t`For example 14.30`}
        name={`${name}/time`}
        value={time}
        onChange={(now) => {
          setTime(now)
          onChange(readMoment(day, now))
        }}
        fault={bad ? { status: 'error', statusText: t`Write a time such as 14.30.` } : undefined}
        optional={optional}
      />
    </fieldset>
  )
}
