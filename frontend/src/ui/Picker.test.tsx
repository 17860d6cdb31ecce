import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import type { Faulty } from './Form'
import { OrganisationPicker, type Picked } from './Picker'
import { answering, show } from './testing'

const organisation = (id: string, name: string, more: object = {}) => ({
  id,
  names: { fi: name },
  business_id: null,
  confirmed: true,
  ...more,
})
const FOUND = [
  organisation('a', 'Oulun Martat', { business_id: '1234567-1' }),
  organisation('b', 'Oulun Marttakerho', { confirmed: false }),
]

function Partner({ fault }: { fault?: Faulty }) {
  const [value, setValue] = useState<Picked | null>(null)
  return <OrganisationPicker label="Partner" name="partner" value={value} onChange={setValue} fault={fault} />
}

const input = () => screen.getByRole('textbox', { name: 'Partner' })
const change = () => screen.findByRole('button', { name: 'Change: Partner' })

test('from two letters on those that fit are looked for, and how many is said', async () => {
  const asked = answering(() => ({ body: { items: FOUND, next_cursor: null } }))
  const user = await show(<Partner />)
  await user.type(input(), 'M')
  expect([asked, screen.queryByRole('list')]).toEqual([[], null])
  await user.type(input(), 'a')
  expect(await screen.findByText('Showing 2')).toBeTruthy()
  expect(screen.getByRole('list', { name: 'Found: Partner' })).toBeTruthy()
  expect(new URLSearchParams(asked[0]?.split('?')[1]).get('q')).toBe('Ma')
})

test('namesakes are told apart, and who is not confirmed is told', async () => {
  answering(() => ({ body: { items: FOUND, next_cursor: null } }))
  const user = await show(<Partner />)
  await user.type(input(), 'Martat')
  await screen.findByText('Showing 2')
  const [first, second] = screen.getAllByRole('listitem')
  expect(first?.textContent).toContain('1234567-1')
  expect(second?.textContent).toContain('not confirmed yet')
})

test('by the keyboard one chooses, and may choose anew', async () => {
  answering(() => ({ body: { items: FOUND, next_cursor: null } }))
  const user = await show(<Partner />)
  await user.tab()
  await user.keyboard('Martat')
  await screen.findByText('Showing 2')
  await user.tab()
  await user.tab()
  await user.keyboard('{Enter}')
  const button = await change()
  expect(screen.getByText('Oulun Marttakerho (not confirmed yet)')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(button))
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(input()))
  expect(input()).toHaveProperty('value', '')
})

test('where nothing fits, that is said', async () => {
  answering(() => ({ body: { items: [], next_cursor: null } }))
  const user = await show(<Partner />)
  await user.type(input(), 'Xyz')
  expect(await screen.findByText('Nothing found')).toBeTruthy()
  expect(screen.queryByRole('list')).toBeNull()
})

test('its fault stands at the field, and stays once something is chosen', async () => {
  answering(() => ({ body: { items: FOUND, next_cursor: null } }))
  const user = await show(<Partner fault={{ status: 'error', statusText: 'It applies already.' }} />)
  expect(input().getAttribute('aria-invalid')).toBe('true')
  await user.type(input(), 'Martat')
  await user.click(await screen.findByRole('button', { name: /Oulun Martat/ }))
  await change()
  expect(screen.getByText('It applies already.')).toBeTruthy()
})
