import { expect, test } from 'vitest'
import { sentAs, valueText } from './values'

test('values are written as people read them', () => {
  expect(valueText(null)).toBe('')
  expect(valueText({ fi: 'Vanha ry' })).toBe('Vanha ry')
  expect(valueText({ fi: 'Åbo rf', sv: 'Åbo rf' })).toBe('Åbo rf')
  expect(valueText({ fi: 'Turku', sv: 'Åbo' })).toBe('fi: Turku\nsv: Åbo')
  expect(valueText(['564', '049'], (code) => `kunta ${code}`)).toBe('kunta 564\nkunta 049')
  expect(valueText([{ email: 'info@yhdistys.example', phone: null }])).toBe('email: info@yhdistys.example')
  expect(valueText({ '': null, jasenrekisteri: '12' })).toBe('jasenrekisteri: 12')
  expect(valueText(false, (one) => (one === true ? 'yes' : 'no'))).toBe('no')
})

test('a file is sent as what its name says', () => {
  expect(sentAs('Yhdistykset 2026.XLSX')).toContain('spreadsheetml')
  expect(sentAs('lista.ods')).toContain('opendocument')
  expect(sentAs('lista.csv')).toBe('text/csv')
  expect(sentAs('lista')).toBe('text/csv')
})
