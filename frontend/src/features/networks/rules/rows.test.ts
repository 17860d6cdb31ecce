import { expect, test } from 'vitest'
import { rowsOf } from './rows'

test('what was replaced stands beside what replaced it', () => {
  const rows = rowsOf([
    { kind: 'equal', text: '1' },
    { kind: 'removed', text: '2' },
    { kind: 'removed', text: '3' },
    { kind: 'added', text: '2b' },
    { kind: 'equal', text: '4' },
    { kind: 'added', text: '5' },
  ])
  expect(rows).toEqual([
    { same: '1' },
    { old: '2', now: '2b' },
    { old: '3', now: '' },
    { same: '4' },
    { old: '', now: '5' },
  ])
})
