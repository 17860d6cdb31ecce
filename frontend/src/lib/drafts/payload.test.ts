// @vitest-environment node
import { expect, test } from 'vitest'
import { differing, merge } from './merge'
import { listPayload, partsOf, textPayload } from './payload'

interface Draft {
  title: string
  text: string
  rows: { key: string; name: string }[]
}

const SENT = {
  title: (typed: string) => typed,
  text: textPayload,
  rows: (rows: Draft['rows']) => listPayload(rows.map((one) => one.name)),
}
const base: Draft = { title: 'Nimi', text: 'Alku', rows: [{ key: '1', name: 'a' }] }

test('what is sent alike does not differ', () => {
  expect(differing(SENT, base, { ...base, text: ' Alku ', rows: [{ key: '2', name: 'a' }] })).toEqual([])
  expect(differing(SENT, base, { ...base, text: ' ', rows: [] })).toEqual(['text', 'rows'])
})

test('the named parts alone are sent', () => {
  expect(partsOf(SENT, { ...base, text: ' ' }, ['text', 'rows'])).toEqual({ text: null, rows: ['a'] })
})

test('theirs where I changed nothing, else mine; what both changed unlike clashes', () => {
  const mine = { ...base, text: 'Minun', title: 'Sama' }
  const theirs = { ...base, text: 'Heidän', title: 'Sama', rows: [] }
  const { draft, clashes } = merge(SENT, base, mine, theirs)
  expect({ draft, clashes: clashes.map((one) => one.field) }).toEqual({
    draft: { ...mine, rows: [] },
    clashes: ['text'],
  })
})
