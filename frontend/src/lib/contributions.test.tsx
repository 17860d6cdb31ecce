import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useAmounts } from './contributions'
import { activate } from './language'

const speaking = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>
/** The spaces of Intl, which differ by language, as the one of the keyboard. */
const plain = (text: string) => text.replace(/\s/g, ' ')

afterEach(cleanup)

test.each([
  ['fi', '1 tunti', '1 200 tuntia', '12,50 €'],
  ['sv', '1 timme', '1 200 timmar', '12,50 €'],
  ['en', '1 hour', '1,200 hours', '€12.50'],
] as const)('what is put in, as %s counts it', async (language, one, many, money) => {
  await activate(language)
  const amountOf = renderHook(useAmounts, { wrapper: speaking }).result.current
  expect(amountOf({ hours: 1 })).toBe(one)
  expect(plain(amountOf({ hours: 1200 }))).toBe(many)
  expect(plain(amountOf({ cents: 1250 }))).toBe(money)
  expect(amountOf({ cents: null, hours: null })).toBe('')
})
