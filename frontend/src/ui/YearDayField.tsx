import { useLingui } from '@lingui/react/macro'
import { readYearDay, typedYearDay } from '../lib/format'
import { type Field, Typed } from './inputs'

/** A day of every year; its value is the API's (`03-31`), typed as `31.3.` */
export function YearDayField(field: Field<string | null>) {
  const { t } = useLingui()
  return (
    <Typed
      {...field}
      hint={field.hint ?? t`For example 31.3.`}
      read={readYearDay}
      write={typedYearDay}
      bad={t`Write a day of the year such as 31.3.`}
    />
  )
}
