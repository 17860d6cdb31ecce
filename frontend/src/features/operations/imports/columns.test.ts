import { expect, test } from 'vitest'
import { chosenOf, elsewhere, fieldOf, headingsOf, tryOf } from './columns'

const column = (heading: string, field: string | null) => ({ heading, field, by_hand: false })
const read = {
  sheet: null,
  heading_row: null,
  mapping: { laji: 'sector' },
  reading: {
    format: 'xlsx' as const,
    encoding: null,
    delimiter: null,
    sheet: 'Yhdistykset',
    sheets: ['Yhdistykset', 'Ohje'],
    heading_row: 3,
    columns: [column('nimi', 'name_fi'), column('kenkä', null), column('', null), column('laji', 'sector')],
    first_names: [],
  },
}

test('what was read is what is chosen first, and then there is nothing to try', () => {
  const chosen = chosenOf(read)
  expect(chosen).toEqual({
    sheet: 'Yhdistykset',
    headingRow: 3,
    fields: { nimi: 'name_fi', kenkä: '', laji: 'sector' },
  })
  expect(tryOf(read, chosen)).toBeNull()
})

test('a column that is chosen by hand is laid over those chosen before', () => {
  const chosen = chosenOf(read)
  chosen.fields.kenkä = 'website'
  chosen.fields.nimi = ''
  expect(tryOf(read, chosen)).toEqual({ mapping: { laji: 'sector', kenkä: 'website', nimi: '' } })
  expect(elsewhere(read, chosen)).toBe(false)
})

test('another sheet or row is read with its own columns', () => {
  const chosen = { ...chosenOf(read), fields: { nimi: '' } }
  expect(tryOf(read, { ...chosen, sheet: 'Ohje' })).toEqual({ sheet: 'Ohje', heading_row: null, mapping: null })
  expect(tryOf(read, { ...chosen, headingRow: 1 })).toEqual({ heading_row: 1, mapping: null })
  expect(elsewhere(read, { ...chosen, headingRow: 1 })).toBe(true)
})

test('a finding is corrected in the field of its column, also where the file has none', () => {
  const fields = ['name_fi', 'sector', 'home_municipality']
  expect(fieldOf('nimi', read, fields)).toBe('name_fi')
  expect(fieldOf('home_municipality', read, fields)).toBe('home_municipality')
  expect(fieldOf('kenkä', read, fields)).toBeUndefined()
})

test('headings stay in the order of the file, each once, numbers too', () => {
  const columns = ['nimi', '2026', '', 'laji', 'nimi'].map((heading) => column(heading, null))
  expect(headingsOf({ ...read, reading: { ...read.reading, columns } })).toEqual(['nimi', '2026', 'laji'])
})
