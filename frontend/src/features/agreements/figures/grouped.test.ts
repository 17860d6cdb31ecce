import { expect, test } from 'vitest'
import { grouped } from './grouped'

test('what has the same key is one row with the sums', () => {
  const rows = [
    { year: 2026, party: 'a', cents: 100, hours: 0 },
    { year: 2026, party: 'b', cents: 5, hours: 2 },
    { year: 2027, party: 'a', cents: 50, hours: 1 },
  ]
  expect(grouped(rows, (one) => one.party)).toMatchObject([
    { key: 'a', cents: 150, hours: 1 },
    { key: 'b', cents: 5, hours: 2 },
  ])
})
