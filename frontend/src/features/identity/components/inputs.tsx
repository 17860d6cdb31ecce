import { useLingui } from '@lingui/react/macro'
import { Block, TextInput } from 'suomifi-ui-components'
import type { Faulty } from '../../../ui/Form'

interface Given {
  value: string
  onChange: (value: string) => void
  fault: Faulty
}

export function EmailInput({ value, onChange, fault }: Given) {
  const { t } = useLingui()
  return (
    <Block mb="m">
      <TextInput
        labelText={t`Email`}
        type="email"
        name="email"
        autoComplete="username"
        value={value}
        onChange={(now) => onChange(String(now ?? ''))}
        {...fault}
      />
    </Block>
  )
}

export const SHORTEST_PASSWORD = 12

/** The password that one has; `name` as the API calls it. */
export function PasswordInput({ label, name, value, onChange, fault }: Given & { label: string; name: string }) {
  return (
    <Block mb="m">
      <TextInput
        labelText={label}
        type="password"
        name={name}
        autoComplete="current-password"
        value={value}
        onChange={(now) => onChange(String(now ?? ''))}
        {...fault}
      />
    </Block>
  )
}

/** A password that is chosen now; `optional` where one can do without. */
export function NewPasswordInput({ value, onChange, fault, optional }: Given & { optional?: boolean }) {
  const { t } = useLingui()
  return (
    <Block mb="m">
      <TextInput
        labelText={t`New password`}
        hintText={t`At least 12 characters, such as four words that nobody connects with you.`}
        optionalText={optional ? t`optional` : undefined}
        type="password"
        name="password"
        autoComplete="new-password"
        value={value}
        onChange={(now) => onChange(String(now ?? ''))}
        {...fault}
      />
    </Block>
  )
}
