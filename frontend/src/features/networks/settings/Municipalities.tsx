import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import type { useMunicipalities } from '../../../lib/municipalities'
import { ChooseField } from '../../../ui/inputs'
import styles from '../members/Members.module.css'

/** The municipalities of a network's area: one is added at a time, each can be taken away. */
export function Municipalities({
  all,
  value,
  onChange,
}: {
  all: ReturnType<typeof useMunicipalities>
  value: string[]
  onChange: (codes: string[]) => void
}) {
  const { t } = useLingui()
  return (
    <>
      <ChooseField
        label={t`Add a municipality`}
        name="municipality_codes"
        value=""
        onChange={(code) => code && onChange([...value, code])}
        optional
        options={all.options.filter((one) => !value.includes(one.value))}
      />
      <ul className={styles.voices} aria-label={t`Municipalities of the area`}>
        {value.map((code) => (
          <li key={code}>
            {all.name(code)}
            <Button
              variant="secondaryNoBorder"
              aria-label={t`Take away ${all.name(code)}`}
              onClick={() => onChange(value.filter((one) => one !== code))}
            >
              {t`Take away`}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
