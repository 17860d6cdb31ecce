import { expect, test } from 'vitest'
import { monthsAfter } from './years'

test('months after a day, also over a year and into a shorter month', () => {
  expect(monthsAfter('2026-11-26', 6)).toBe('2027-05-26')
  expect(monthsAfter('2026-08-31', 6)).toBe('2027-02-28')
  expect(monthsAfter('2027-08-29', 6)).toBe('2028-02-29')
  expect(monthsAfter('2026-01-31', 6)).toBe('2026-07-31')
})
