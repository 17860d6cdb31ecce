import { createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { answering, show } from '../../../ui/testing'
import { RowCard } from './RowCard'
import type { ImportRow, Job } from './types'

const job = { id: 'j1', version: 4, kind: 'organisations' } as Job
const finding = { column: 'nimi', value: '', message: '', first: null, detail: null }
const row = (changed: Partial<ImportRow>) =>
  ({ row: 2, name: 'Tuki ry', cells: {}, changes: [], candidates: [], findings: [], ...changed }) as ImportRow
const candidate = {
  id: 'o1',
  names: { fi: 'Iltakerho ry' },
  home_municipality_code: null,
  business_id: null,
  association_register_number: '990002',
  sector: 'company',
  differs: ['sector'],
  likeness: 0.2,
}

/** Within a router: candidates are linked. */
function shown(of: Partial<ImportRow>) {
  const component = () => <RowCard of={row(of)} job={job} open={true} />
  const routeTree = createRootRoute({ component, notFoundComponent: component })
  return show(<RouterProvider router={createRouter({ routeTree })} />)
}

test('a warning stands at the row that comes in all the same', async () => {
  const findings = [{ ...finding, code: 'identifier_needed', severity: 'warning' as const }]
  await shown({ verdict: 'new', findings })
  expect(await screen.findByText('To check')).toBeTruthy()
  expect(screen.getByText(/business ID is missing/)).toBeTruthy()
})

test.each([
  ['namesake', true],
  ['number_differs', true],
  ['name_differs', false],
])('a row that is near by %s can be another one: %s', async (code, another) => {
  answering(() => ({ status: 200, body: { items: [] } }))
  const findings = [{ ...finding, code, severity: 'error' as const }]
  await shown({ verdict: 'near', findings, candidates: [candidate] })
  expect(await screen.findByText('The same: Iltakerho ry')).toBeTruthy()
  expect(screen.getByText('What differs:').parentElement?.textContent).toBe('What differs: Sector')
  expect(screen.queryByText('Another one. It is added.') !== null).toBe(another)
  expect(screen.queryByText('To check')).toBeNull()
  expect(screen.queryByText(/number/i, { selector: 'li' }) !== null).toBe(code !== 'namesake')
})

/** A row that another tab decides while it is shown. */
function Decided() {
  const [later, setLater] = useState(false)
  const chosen = later ? { decision: 'another' as const } : { decision: 'same' as const, same_id: 'o1' }
  const findings = [{ ...finding, code: 'namesake', severity: 'error' as const }]
  return (
    <>
      <RowCard of={row({ verdict: 'near', findings, candidates: [candidate], ...chosen })} job={job} open={true} />
      <button type="button" onClick={() => setLater(true)}>
        later
      </button>
    </>
  )
}

test('what another tab has chosen meanwhile is shown', async () => {
  answering(() => ({ status: 200, body: { items: [] } }))
  const routeTree = createRootRoute({ component: Decided, notFoundComponent: Decided })
  const person = await show(<RouterProvider router={createRouter({ routeTree })} />)
  expect((await screen.findByLabelText('The same: Iltakerho ry')).matches(':checked')).toBe(true)
  await person.click(screen.getByText('later'))
  expect(screen.getByLabelText('Another one. It is added.').matches(':checked')).toBe(true)
})
