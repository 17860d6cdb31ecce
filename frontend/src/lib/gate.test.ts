import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import { endorsedInList } from './gate'

type Row = Schemas['PartnerRequestRow']

const asked = (requirement_id: string, opens: boolean) => ({ requirement_id, opens }) as Row['networks'][number]
const listed = (state: Row['state'], ...networks: Row['networks']) => endorsedInList({ state, networks } as Row)

test('a case of a list can begin where each requirement is met, or was let off', () => {
  expect(listed('referred', asked('a', true), asked('b', false))).toBe(false)
  expect(listed('referred', asked('a', false), asked('a', true))).toBe(true)
  expect(listed('referred')).toBe(true)
  expect(listed('arrived')).toBe(false)
})
