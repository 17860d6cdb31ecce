import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { activate, LABELS, type Language, speak } from '../lib/language'
import { AgreementStatus } from './AgreementStatus'

async function said(language: Language, state: 'signed' | 'in_force' | 'terminated', starts_on: string | null) {
  await activate(language)
  await speak(LABELS)
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <AgreementStatus of={{ state, starts_on }} />
    </I18nProvider>,
  )
  return container.textContent
}

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test.each([
  ['fi', 'Allekirjoitettu, alkaa 1.1.2027', 'Voimassa'],
  ['sv', 'Undertecknat, börjar 1 jan. 2027', 'Gällande'],
  ['en', 'Signed, begins 1 Jan 2027', 'In force'],
] as const)('in %s what is signed is not in force before its first day', async (language, before, after) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-31T21:59:00Z') })
  expect(await said(language, 'signed', '2027-01-01')).toBe(before)
  vi.setSystemTime(new Date('2026-12-31T22:00:00Z'))
  cleanup()
  expect(await said(language, 'in_force', '2027-01-01')).toBe(after)
})

test('what has ended before it began says that it has ended', async () => {
  expect(await said('fi', 'terminated', '2999-01-01')).toBe('Irtisanottu')
})
