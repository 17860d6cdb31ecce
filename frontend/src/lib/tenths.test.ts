import { expect, test } from 'vitest'
import { tenths } from './tenths'

test('progress is told by tenths', () => {
  expect(tenths(0, null)).toBeNull()
  expect(tenths(0, 0)).toBeNull()
  expect(tenths(19, 100)).toBe(10)
  expect(tenths(120, 100)).toBe(100)
})
