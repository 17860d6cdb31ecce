import { expect, test } from 'vitest'
import { newOf } from './importKinds'

test('another file is sent for the same network or organisation', () => {
  const own = { network_id: null, organisation_id: null }
  expect(newOf({ kind: 'organisations', ...own })).toBe('imports/new?kind=organisations')
  expect(newOf({ kind: 'members', ...own, network_id: 'n' })).toBe('imports/new?kind=members&network=n')
  expect(newOf({ kind: 'reports', ...own, organisation_id: 'o' })).toBe('imports/new?kind=reports&organisation=o')
})
