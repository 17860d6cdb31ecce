import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import { lastDay } from '../lib/endorsements'
import { activate, LABELS, type Language, speak } from '../lib/language'
import { EndorsementStatus, useEndorsementTime } from './EndorsementStatus'

type Endorsement = Pick<Schemas['EndorsementPublic'], 'status' | 'valid_until' | 'ended_at' | 'conditions'>

const ENDORSEMENT: Endorsement = { status: 'valid', valid_until: '2027-11-05', ended_at: null, conditions: [] }
const REVOKED: Endorsement = { ...ENDORSEMENT, status: 'revoked', ended_at: '2026-11-09T10:00:00Z' }
const OPEN = { text: 'Tila vuokrataan', met: false, when: 'before' as const }

function Shown({ endorsement }: { endorsement: Endorsement }) {
  const timeOf = useEndorsementTime()
  return (
    <>
      <EndorsementStatus endorsement={endorsement} />, {timeOf(endorsement)}
    </>
  )
}

async function said(language: Language, endorsement: Endorsement) {
  await activate(language)
  await speak(LABELS)
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <Shown endorsement={endorsement} />
    </I18nProvider>,
  )
  return container.textContent
}

afterEach(cleanup)

test.each([
  ['fi', 'Voimassa, voimassa 5.11.2027 asti', 'Peruutettu, peruutettu 9.11.2026'],
  ['sv', 'Giltigt, giltigt till och med 5 nov. 2027', 'Återkallat, återkallat 9 nov. 2026'],
  ['en', 'Valid, valid until 5 Nov 2027', 'Revoked, revoked 9 Nov 2026'],
] as const)('in %s a revoked endorsement is valid until no day', async (language, valid, revoked) => {
  expect(await said(language, ENDORSEMENT)).toBe(valid)
  cleanup()
  expect(await said(language, REVOKED)).toBe(revoked)
})

test('an endorsement that was superseded or has expired is not called valid', async () => {
  const superseded = await said('fi', { ...REVOKED, status: 'superseded' })
  expect(superseded).toBe('Korvattu, korvattu 9.11.2026')
  cleanup()
  expect(await said('fi', { ...ENDORSEMENT, status: 'expired' })).toBe('Vanhentunut, oli voimassa 5.11.2027 asti')
})

test('a valid endorsement says that it depends on conditions until all are met', async () => {
  expect(await said('fi', { ...ENDORSEMENT, conditions: [OPEN] })).toContain('Voimassa ehdoin')
  cleanup()
  expect(await said('fi', { ...ENDORSEMENT, conditions: [{ ...OPEN, met: true }] })).not.toContain('ehdoin')
  cleanup()
  expect(await said('fi', { ...REVOKED, conditions: [OPEN] })).not.toContain('ehdoin')
})

test('only what is or was valid to its end has a last day', () => {
  const days = (['valid', 'expired', 'revoked', 'superseded'] as const).map((status) =>
    lastDay({ ...ENDORSEMENT, status }),
  )
  expect(days).toEqual(['5.11.2027', '5.11.2027', '', ''])
})
