import { expect, test } from 'vitest'
import { differing, listSent, merged, textSent } from './merging'

interface Draft {
  title: string
  text: string
  rows: { key: string; name: string }[]
}

const sent = (draft: Draft) => ({
  title: draft.title,
  text: textSent(draft.text),
  rows: listSent(draft.rows.map((one) => one.name)),
})
const base: Draft = { title: 'Nimi', text: 'Alku', rows: [{ key: '1', name: 'a' }] }

test('what is sent alike does not differ', () => {
  expect(differing(sent, base, { ...base, text: ' Alku ', rows: [{ key: '2', name: 'a' }] })).toEqual([])
  expect(differing(sent, base, { ...base, text: ' ', rows: [] })).toEqual(['text', 'rows'])
})

test('theirs where I changed nothing, else mine; what both changed unlike clashes', () => {
  const mine = { ...base, text: 'Minun', title: 'Sama' }
  const theirs = { ...base, text: 'Heidän', title: 'Sama', rows: [] }
  expect(merged(sent, base, mine, theirs)).toEqual({ draft: { ...mine, rows: [] }, clashes: ['text'] })
})
