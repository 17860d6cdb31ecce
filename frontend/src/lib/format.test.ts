import { expect, test } from 'vitest'
import { formatDay, formatEnd, formatMoment, formatMoney } from './format'
import { activate } from './language'

/** The spaces of Intl, which differ by language, as the one of the keyboard. */
const plain = (text: string) => text.replace(/\s/g, ' ')

test.each([
  ['fi', '29.11.2026', '29.11.2026 klo 16.15', '2 000,50 €'],
  ['sv', '29 nov. 2026', '29 nov. 2026 kl. 16.15', '2 000,50 €'],
  ['en', '29 Nov 2026', '29 Nov 2026, 16:15', '€2,000.50'],
] as const)('days, moments and sums as %s writes them', async (language, day, moment, money) => {
  await activate(language)
  expect(formatDay('2026-11-29')).toBe(day)
  expect(plain(formatMoment('2026-11-29T14:15:00Z'))).toBe(moment)
  expect(plain(formatMoney(200_050))).toBe(money)
})

test('what ends at midnight in Finland ends with the day before', async () => {
  await activate('fi')
  expect(plain(formatEnd('2026-12-11T22:00:00Z'))).toBe('11.12.2026')
  expect(plain(formatEnd('2026-07-11T21:00:00Z'))).toBe('11.7.2026')
  expect(plain(formatEnd('2026-12-11T14:15:00Z'))).toBe('11.12.2026 klo 16.15')
})
