import { expect, test } from 'vitest'
import { activate } from './language'
import { bothReadings, readMoney } from './money'

test.each([
  ['0', 0],
  ['12500', 1_250_000],
  ['12,5', 1250],
  ['1.250,00 €', 125_000],
  ['1,250.00', 125_000],
  ['1 250,-', 125_000],
  ['1.250,-', 125_000],
  ['12 500 euroa', 1_250_000],
  ['12\u00a0500,50', 1_250_050],
  ['12\u202f500 €', 1_250_000],
  ['1.250.000', 125_000_000],
])('%s is a sum', (typed, cents) => {
  expect([readMoney(typed), bothReadings(typed)]).toEqual([cents, null])
})

test.each(['', 'paljon', '-5', '12 50', '1.2.3', '12,3456', '10 t€', '12,50,-', '99999999999999999'])(
  '“%s” is none',
  (typed) => {
    expect([readMoney(typed), bothReadings(typed)]).toEqual([null, null])
  },
)

test.each([
  ['12.500', ['12,50 €', '12 500 €']],
  ['1,000', ['1 €', '1 000 €']],
  ['1.250 €', ['1,25 €', '1 250 €']],
  ['12,345', ['12,345 €', '12 345 €']],
])('%s has two readings', async (typed, both) => {
  await activate('fi')
  expect(readMoney(typed)).toBeNull()
  expect(bothReadings(typed)?.map((one) => one.replace(/\s/g, ' '))).toEqual(both)
})
