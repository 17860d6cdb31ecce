// @vitest-environment node
import { expect, test } from 'vitest'
import type { Schemas } from '../../../api/client'
import { type Draft, fieldAt, filled, heldOf, savable, sumOf, updateOf } from './draft'

const application: Schemas['ApplicationPublic'] = {
  id: 'a',
  state: 'draft',
  working_copy: true,
  title: 'Together at home',
  language: 'fi',
  applicant: { id: 'o', names: { fi: 'Yhdistys' } },
  co_applicants: [],
  call_id: null,
  amount_cents: null,
  content: {
    purpose: 'Evenings are lonely',
    budget: { items: [{ key: 'pay', name: 'Pay', cents: 500, source: null }], total_cents: 500 },
  },
  private: { contact_persons: [{ name: 'Aino', email: 'aino@example.org', phone: null, role: null }] },
  networks: [],
  authorities: [{ authority_id: 'city', names: { fi: 'Oulu' }, asks: null, partner_request: null }],
  needs: [],
  areas: [],
  current_version: null,
  continues_id: null,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  version: 3,
  available_actions: [],
}
const { draft, version } = heldOf(application)

test('what the server answered, complete and back again', () => {
  expect(version).toBe(3)
  expect(draft).toMatchObject({ purpose: 'Evenings are lonely', goals: '', authorities: [{ key: 'city', asks: '' }] })
  expect(updateOf(draft, ['purpose', 'goals', 'budget', 'authorities'])).toEqual({
    authorities: [{ authority_id: 'city', asks: null }],
    content: {
      purpose: 'Evenings are lonely',
      goals: null,
      budget: { items: [{ key: 'pay', name: 'Pay', cents: 500, source: null }] },
    },
  })
  expect(updateOf(draft, ['title'])).toEqual({ title: 'Together at home' })
})

test('contact persons keep their keys while their words are the same', () => {
  const [aino] = draft.contacts
  const second = { name: 'Eino', email: null, phone: null, role: null }
  const persons = [second, ...(application.private?.contact_persons ?? [])]
  const again = heldOf({ ...application, private: { contact_persons: persons } }, draft).draft.contacts
  expect(again.map((one) => one.name)).toEqual(['Eino', 'Aino'])
  expect(again[1]?.key).toBe(aino?.key)
  expect(again[0]?.key).not.toBe(aino?.key)
})

test('what is not complete waits; what was saved stays until it is complete again', () => {
  const [pay] = draft.budget
  if (!pay) throw new Error('no row')
  const typed: Draft = {
    ...draft,
    title: ' ',
    duration: { starts_on: '2027-01-01', ends_on: null },
    budget: [
      { ...pay, name: '' },
      { key: 'new', name: 'Rent', cents: null, source: '' },
      { key: 'tea', name: 'Tea', cents: 0, source: '' },
    ],
  }
  const sent = savable(typed, draft)
  expect(sent.title).toBe('Together at home')
  expect(sent.duration).toEqual({ starts_on: null, ends_on: null })
  expect(sent.budget.map((row) => [row.key, row.name])).toEqual([
    ['pay', 'Pay'],
    ['tea', 'Tea'],
  ])
  expect(savable({ ...typed, duration: { starts_on: '2027-02-01', ends_on: '2027-01-01' } }, draft).duration).toEqual({
    starts_on: null,
    ends_on: null,
  })
})

test('the field of a pointer', () => {
  expect(fieldAt('/content/budget/items/0/name')).toBe('budget')
  expect(fieldAt('/private/contact_persons/0/email')).toBe('contacts')
  expect(fieldAt('/call_id')).toBe('call_id')
  expect(fieldAt('/elsewhere')).toBeUndefined()
})

test('which parts are there', () => {
  expect(filled(draft, 'purpose')).toBe(true)
  expect(filled({ ...draft, purpose: '  ' }, 'purpose')).toBe(false)
  expect(filled(draft, 'needs')).toBe(false)
  expect(filled({ ...draft, need_ids: ['n'] }, 'needs')).toBe(true)
  expect(filled(draft, 'budget')).toBe(true)
  expect(filled({ ...draft, duration: { starts_on: '2027-01-01', ends_on: null } }, 'duration')).toBe(false)
  expect(sumOf([...draft.budget, { key: 'x', name: 'X', cents: null, source: '' }])).toBe(500)
})
