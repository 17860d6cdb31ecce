import { screen, waitFor } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { expect, test } from 'vitest'
import {
  CheckField,
  ChecksField,
  ChooseField,
  DateField,
  type Field,
  MoneyField,
  NumberField,
  RadiosField,
  TextArea,
  TextField,
} from './inputs'
import { show } from './testing'

const GIVEN = { name: 'it', label: 'It' }
const OPTIONS = [
  { value: 'a', label: 'Old people' },
  { value: 'b', label: 'Young people', hint: 'Under 29' },
]

function Holding<T>({ first, told, field }: { first: T; told: (now: T) => void; field: (of: Field<T>) => ReactNode }) {
  const [value, setValue] = useState(first)
  const onChange = (now: T) => {
    told(now)
    setValue(now)
  }
  return (
    <>
      {field({ ...GIVEN, value, onChange })}
      <button type="button" onClick={() => setValue(first)}>
        Back
      </button>
    </>
  )
}

/** A field that holds what is typed; the last value that it told. */
async function held<T>(first: T, field: (of: Field<T>) => ReactNode) {
  const seen: T[] = []
  const user = await show(<Holding first={first} told={(now) => seen.push(now)} field={field} />)
  return { user, last: () => seen.at(-1) }
}

const box = () => screen.getByRole('textbox', { name: /^It/ })
const says = (input: HTMLElement) =>
  (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)

test('a text says its hint and fault to whoever is in it, and that one may leave it out', async () => {
  const { user, last } = await held('', (of) => (
    <TextField {...of} optional hint="In short" fault={{ status: 'error', statusText: 'Too short' }} />
  ))
  await user.type(box(), 'Hello')
  expect(last()).toBe('Hello')
  expect(says(box())).toEqual(expect.arrayContaining(['In short', 'Too short']))
  expect(screen.getByText(/optional/)).toBeTruthy()
})

test('a longer text tells how many characters fit', async () => {
  const { user, last } = await held('', (of) => <TextArea {...of} limit={5} />)
  await user.type(box(), 'Hello!')
  expect(last()).toBe('Hello!')
  await waitFor(() => expect(document.body.textContent).toContain('1 character too many'))
})

test.each([
  ['12,5', 1250],
  ['1 234.50 €', 123450],
  ['', null],
])('a sum typed as "%s" is %s cents', async (typed, cents) => {
  const { user, last } = await held<number | null>(1, (of) => <MoneyField {...of} />)
  await user.clear(box())
  if (typed) await user.type(box(), typed)
  expect(last()).toBe(cents)
  expect(box()).toHaveProperty('value', typed)
})

test('a sum with two readings is told with both, and counts for nothing', async () => {
  const { user, last } = await held<number | null>(1, (of) => <MoneyField {...of} />)
  await user.clear(box())
  await user.type(box(), '12.500')
  expect(last()).toBeNull()
  expect(says(box()).join(' ')).toMatch(/€12\.50 or €12,500/)
})

test('what is no number stays as typed, is told, and counts for nothing', async () => {
  const { user, last } = await held<number | null>(3, (of) => <NumberField {...of} />)
  expect(box()).toHaveProperty('value', '3')
  await user.type(box(), '½')
  expect([last(), says(box())]).toEqual([null, expect.arrayContaining(['Write a whole number.'])])
  expect(box()).toHaveProperty('value', '3½')
  await user.type(box(), '{Backspace}2')
  expect([last(), screen.queryByText('Write a whole number.')]).toEqual([32, null])
})

test('a day is typed as people write it; what comes from elsewhere takes its place', async () => {
  const { user, last } = await held<string | null>('2027-03-31', (of) => <DateField {...of} />)
  expect(box()).toHaveProperty('value', '31.3.2027')
  await user.clear(box())
  await user.type(box(), '1.4.2027')
  expect(last()).toBe('2027-04-01')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(box()).toHaveProperty('value', '31.3.2027')
})

test('one of several is chosen by the keyboard', async () => {
  const { user, last } = await held('', (of) => <ChooseField {...of} options={OPTIONS} />)
  await user.tab()
  await user.keyboard('{ArrowDown}')
  await screen.findByRole('option', { name: 'Young people' })
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(last()).toBe('b')
  await waitFor(() => expect(screen.getByRole('button', { name: /It/ }).textContent).toContain('Young people'))
})

test('boxes are ticked and unticked by the space bar', async () => {
  const { user, last } = await held<string[]>([], (of) => <ChecksField {...of} options={OPTIONS} />)
  await user.tab()
  await user.keyboard(' ')
  await user.tab()
  await user.keyboard(' ')
  expect(last()).toEqual(['a', 'b'])
  await user.tab({ shift: true })
  await user.keyboard(' ')
  expect(last()).toEqual(['b'])
})

test('one of few is chosen by the arrows', async () => {
  const { user, last } = await held('a', (of) => <RadiosField {...of} options={OPTIONS} />)
  screen.getByRole('radio', { name: 'Old people' }).focus()
  await user.keyboard('{ArrowDown}')
  expect(last()).toBe('b')
})

test('a single box is ticked by its words, too', async () => {
  const { user, last } = await held(false, (of) => <CheckField {...of} />)
  await user.click(screen.getByText('It'))
  expect([last(), screen.getByRole('checkbox', { name: 'It' })]).toEqual([
    true,
    expect.objectContaining({ checked: true }),
  ])
})
