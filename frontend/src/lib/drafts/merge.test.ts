// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { merge, mineOf, type Shapes, same, settle, stillOpen } from './merge'

interface Thing {
  title: string
  goals: string
  sum: number | null
  needs: string[]
  budget: { key: string; name: string; cents: number | null }[]
}

const SHAPES: Shapes<Thing> = { title: 'value', goals: 'value', sum: 'value', needs: 'set', budget: 'rows' }
const rent = { key: 'a', name: 'Rent', cents: 100 }
const pay = { key: 'b', name: 'Pay', cents: 900 }
const base: Thing = { title: 'Home', goals: '', sum: 10, needs: ['n1', 'n2'], budget: [rent, pay] }
const of = (mine: Partial<Thing>, theirs: Partial<Thing>) =>
  merge(SHAPES, base, { ...base, ...mine }, { ...base, ...theirs })

describe('fields', () => {
  test('what one changed is kept, whoever it was', () => {
    const { draft, clashes, taken } = of({ title: 'Together' }, { goals: 'Nobody alone' })
    expect(draft).toEqual({ ...base, title: 'Together', goals: 'Nobody alone' })
    expect(clashes).toEqual([])
    expect(taken).toEqual(['goals'])
  })

  test('what both changed alike is no clash', () => {
    expect(of({ title: 'Together' }, { title: ' Together ' })).toMatchObject({ clashes: [], taken: [] })
  })

  test('what both changed differently is a clash, and mine stays', () => {
    const { draft, clashes } = of({ goals: 'Mine' }, { goals: 'Theirs' })
    expect(draft.goals).toBe('Mine')
    expect(clashes).toEqual([{ field: 'goals', key: null, theirs: 'Theirs' }])
  })

  test('one may empty what the other left', () => {
    expect(of({ sum: null }, {}).draft.sum).toBeNull()
    expect(of({}, { sum: null })).toMatchObject({ draft: { sum: null }, taken: ['sum'] })
    expect(of({ sum: null }, { sum: 20 }).clashes).toEqual([{ field: 'sum', key: null, theirs: 20 }])
  })

  test('a blank at the end of what one is typing is not taken away', () => {
    const typed = { ...base, title: 'Home is ' }
    expect(merge(SHAPES, { ...base, title: 'Home is' }, typed, { ...base, title: 'Home is' }).draft.title).toBe(
      'Home is ',
    )
  })
})

describe('sets', () => {
  test('never clash: what either added or removed', () => {
    const { draft, clashes } = of({ needs: ['n2', 'n3'] }, { needs: ['n4', 'n1'] })
    expect(draft.needs.toSorted()).toEqual(['n3', 'n4'])
    expect(clashes).toEqual([])
  })

  test('order is no change', () => {
    expect(of({}, { needs: ['n2', 'n1'] }).taken).toEqual([])
  })
})

describe('rows', () => {
  test('rows that one added, changed or removed', () => {
    const { draft, clashes } = of(
      { budget: [{ ...rent, cents: 150 }, pay, { key: 'c', name: 'Tea', cents: 5 }] },
      { budget: [rent, { key: 'd', name: 'Bus', cents: 7 }] },
    )
    expect(draft.budget.map((row) => [row.key, row.cents])).toEqual([
      ['a', 150],
      ['c', 5],
      ['d', 7],
    ])
    expect(clashes).toEqual([])
  })

  test('one row, different parts of it', () => {
    const { draft, clashes } = of(
      { budget: [{ ...rent, name: 'Room' }, pay] },
      { budget: [{ ...rent, cents: 120 }, pay] },
    )
    expect(draft.budget[0]).toEqual({ key: 'a', name: 'Room', cents: 120 })
    expect(clashes).toEqual([])
  })

  test('one row, the same part: theirs carries what does not clash', () => {
    const { draft, clashes } = of(
      { budget: [{ key: 'a', name: 'Room', cents: 150 }, pay] },
      { budget: [{ ...rent, cents: 120 }, pay] },
    )
    expect(draft.budget[0]?.cents).toBe(150)
    expect(clashes).toEqual([{ field: 'budget', key: 'a', theirs: { key: 'a', name: 'Room', cents: 120 } }])
  })

  test('a row that one removed and the other changed is asked about', () => {
    const removedByThem = of({ budget: [{ ...rent, cents: 150 }, pay] }, { budget: [pay] })
    expect(removedByThem.draft.budget[0]?.cents).toBe(150)
    expect(removedByThem.clashes).toEqual([{ field: 'budget', key: 'a', theirs: null }])
    const removedByMe = of({ budget: [pay] }, { budget: [{ ...rent, cents: 150 }, pay] })
    expect(removedByMe.draft.budget).toEqual([pay])
    expect(removedByMe.clashes).toEqual([{ field: 'budget', key: 'a', theirs: { ...rent, cents: 150 } }])
  })

  test('a row removed by one and untouched by the other goes', () => {
    expect(of({ budget: [pay] }, {}).draft.budget).toEqual([pay])
    expect(of({}, { budget: [pay] }).draft.budget).toEqual([pay])
  })
})

describe('choosing', () => {
  const text = of({ goals: 'Mine' }, { goals: 'Theirs' })
  const [clash] = text.clashes

  test.each([
    ['mine', 'Mine'],
    ['theirs', 'Theirs'],
    ['both', 'Mine\n\nTheirs'],
  ] as const)('%s', (choice, expected) => {
    if (!clash) throw new Error('no clash')
    expect(settle(text.draft, clash, choice).goals).toBe(expected)
  })

  test('rows that were removed come back or go', () => {
    const removedByMe = of({ budget: [pay] }, { budget: [{ ...rent, cents: 150 }, pay] })
    const removedByThem = of({ budget: [{ ...rent, cents: 150 }, pay] }, { budget: [pay] })
    const [mine] = removedByMe.clashes
    const [theirs] = removedByThem.clashes
    if (!mine || !theirs) throw new Error('no clash')
    expect(mineOf(removedByMe.draft, mine)).toBeNull()
    expect(settle(removedByMe.draft, mine, 'theirs').budget.map((row) => row.key)).toEqual(['b', 'a'])
    expect(settle(removedByThem.draft, theirs, 'theirs').budget).toEqual([pay])
    expect(settle(removedByThem.draft, theirs, 'mine').budget).toHaveLength(2)
  })

  test('a clash stays open until the two sides say the same, and a newer one takes its place', () => {
    if (!clash) throw new Error('no clash')
    expect(stillOpen(text.draft, [], [clash])).toEqual([clash])
    expect(stillOpen({ ...text.draft, goals: 'Theirs' }, [], [clash])).toEqual([])
    const newer = { ...clash, theirs: 'Theirs again' }
    expect(stillOpen(text.draft, [newer], [clash])).toEqual([newer])
  })
})

test('nothing, an empty text and blanks are the same; the order of names in an object is no difference', () => {
  expect(same(null, '  ')).toBe(true)
  expect(same({ a: 1, b: ' x' }, { b: 'x', a: 1 })).toBe(true)
  expect(same([1, 2], [2, 1])).toBe(false)
})
