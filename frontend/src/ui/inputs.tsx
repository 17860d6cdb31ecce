import { useLingui } from '@lingui/react/macro'
import { type Ref, useEffect, useId, useRef, useState } from 'react'
import {
  Checkbox,
  CheckboxGroup,
  Dropdown,
  DropdownItem,
  RadioButton,
  RadioButtonGroup,
  Textarea,
  TextInput,
} from 'suomifi-ui-components'
import { formatTyped, readDay } from '../lib/format'
import { type Typing, useTyped } from '../lib/typed'
import type { Faulty } from './Form'
import styles from './Form.module.css'
import { useCounter } from './useCounter'
import { type Reading, useMoney } from './useMoney'

/** What every field of a form is given. `name` is the field's pointer without the slash at the start. */
export interface Field<T> {
  label: string
  hint?: string
  name: string
  value: T
  onChange: (value: T) => void
  fault?: Faulty
  optional?: boolean
  disabled?: boolean
}

export interface Option {
  value: string
  label: string
  hint?: string
}

function useOptional(optional: boolean | undefined): string | undefined {
  const { t } = useLingui()
  return optional ? t`optional` : undefined
}

export function TextField({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  optional,
  disabled,
  type,
  autoComplete,
  input,
}: Field<string> & {
  type?: 'text' | 'email' | 'tel' | 'url'
  autoComplete?: string
  input?: Ref<HTMLInputElement>
}) {
  const change = useTyped(name, value, onChange)
  return (
    <TextInput
      ref={input}
      className={styles.field}
      fullWidth
      labelText={label}
      hintText={hint}
      optionalText={useOptional(optional)}
      name={name}
      type={type}
      autoComplete={autoComplete}
      disabled={disabled}
      value={value}
      onChange={(now) => change(String(now ?? ''))}
      {...fault}
    />
  )
}

/** A longer text; `limit`: so many characters at most, counted below. */
export function TextArea({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  optional,
  disabled,
  limit,
  typing,
}: Field<string> & { limit?: number; typing?: Typing }) {
  const counter = useCounter(limit)
  const change = useTyped(name, value, onChange)
  return (
    <Textarea
      className={styles.field}
      fullWidth
      resize="vertical"
      labelText={label}
      hintText={hint}
      optionalText={useOptional(optional)}
      name={name}
      disabled={disabled}
      value={value}
      onChange={(event) => change(event.target.value)}
      {...fault}
      {...counter}
      {...typing}
    />
  )
}

/** What a person types, kept as typed while it is typed; told on as a value, null where it is none. */
export function Typed<T>({ value, onChange, read, write, bad, fault, ...rest }: Field<T | null> & Reading<T>) {
  const [typed, setTyped] = useState(() => write(value))
  const input = useRef<HTMLInputElement>(null)
  const unreadable = typed.trim() !== '' && read(typed) === null
  const said = typeof bad === 'string' ? bad : bad(typed)
  // a form does not send what it cannot read
  useEffect(() => input.current?.setCustomValidity(unreadable ? said : ''), [unreadable, said])
  // a value that came from elsewhere replaces what was typed
  const shown = !unreadable && read(typed) !== value ? write(value) : typed
  return (
    <TextField
      {...rest}
      input={input}
      value={shown}
      onChange={(now) => {
        setTyped(now)
        onChange(read(now))
      }}
      fault={unreadable ? { status: 'error', statusText: said } : fault}
    />
  )
}

/** A sum in euro; its value is in cents. */
export function MoneyField(field: Field<number | null>) {
  return <Typed {...field} {...useMoney()} />
}

/** A whole number, not below zero. */
export function NumberField(field: Field<number | null>) {
  const { t } = useLingui()
  const read = (typed: string) => (/^\d{1,9}$/.test(typed.trim()) ? Number(typed) : null)
  return <Typed {...field} read={read} write={(value) => String(value ?? '')} bad={t`Write a whole number.`} />
}

/** A day; its value is the API's (`2027-03-31`), typed as `31.3.2027`. */
export function DateField(field: Field<string | null>) {
  const { t } = useLingui()
  return (
    <Typed
      {...field}
      hint={field.hint ?? t`For example 31.3.2027`}
      read={readDay}
      write={formatTyped}
      bad={t`Write a day such as 31.3.2027.`}
    />
  )
}

/** No choice, for the list: past an item whose value is empty its arrow keys do not lead. */
const NONE = '*'

/** One of several; `none`: what stands for no choice, where one may do without. */
export function ChooseField({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  optional,
  disabled,
  options,
  none,
}: Field<string> & { options: Option[]; none?: string }) {
  const { t } = useLingui()
  const change = useTyped(name, value, onChange)
  const all = value === '' || none ? [{ value: NONE, label: none ?? t`Choose` }, ...options] : options
  return (
    <Dropdown
      className={styles.field}
      fullWidth
      portal={false}
      labelText={label}
      hintText={hint}
      optionalText={useOptional(optional)}
      name={name}
      disabled={disabled}
      value={value || NONE}
      onChange={(now) => change(now === NONE ? '' : now)}
      {...fault}
    >
      {all.map((option) => (
        <DropdownItem key={option.value} value={option.value}>
          {option.label}
        </DropdownItem>
      ))}
    </Dropdown>
  )
}

export function CheckField({ label, hint, name, value, onChange, fault, disabled }: Field<boolean>) {
  const change = useTyped(name, value, onChange)
  return (
    <div className={styles.field}>
      <Checkbox
        name={name}
        hintText={hint}
        disabled={disabled}
        checked={value}
        onClick={({ checkboxState }) => change(checkboxState)}
        {...fault}
      >
        {label}
      </Checkbox>
    </div>
  )
}

/** Any of several. */
export function ChecksField({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  optional,
  disabled,
  options,
}: Field<string[]> & { options: Option[] }) {
  const change = useTyped(name, value, onChange)
  const toggle = (one: string, on: boolean) => change(on ? [...value, one] : value.filter((held) => held !== one))
  return (
    <CheckboxGroup
      className={styles.field}
      labelText={label}
      groupHintText={hint}
      optionalText={useOptional(optional)}
      groupStatus={fault?.status}
      groupStatusText={fault?.statusText}
    >
      {options.map((option) => (
        <Checkbox
          key={option.value}
          name={name}
          value={option.value}
          hintText={option.hint}
          disabled={disabled}
          checked={value.includes(option.value)}
          onClick={({ checkboxState }) => toggle(option.value, checkboxState)}
        >
          {option.label}
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}

/** One of few, all in sight. */
export function RadiosField({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  optional,
  disabled,
  options,
}: Field<string> & { options: Option[] }) {
  const group = useId()
  const change = useTyped(name, value, onChange)
  return (
    <RadioButtonGroup
      className={styles.field}
      labelText={label}
      groupHintText={hint}
      optionalText={useOptional(optional)}
      data-field={name}
      name={`${name}-${group}`}
      groupStatus={fault?.status}
      groupStatusText={fault?.statusText}
      value={value}
      onChange={change}
    >
      {options.map((option) => (
        <RadioButton key={option.value} value={option.value} name={name} hintText={option.hint} disabled={disabled}>
          {option.label}
        </RadioButton>
      ))}
    </RadioButtonGroup>
  )
}
