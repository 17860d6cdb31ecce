import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import { activate, speak } from '../../lib/language'
import { type Step, sentence } from './sentences'

const step = (given: Partial<Step> & Pick<Step, 'says'>): Step => ({
  doer: 'nobody',
  doer_names: [],
  names: [],
  parts: [],
  revoking: [],
  late: false,
  ...given,
})

test('a step is said in each language, with its numbers, names and days', async () => {
  const said = async (language: 'fi' | 'sv' | 'en', of: Step) => {
    await activate(language)
    await speak('ui/next/locales')
    return sentence(of, (one) => i18n._(one))
  }
  const missing = step({ says: 'draft', count: 1 })
  expect(await said('fi', missing)).toBe('Luonnos. 1 kohta puuttuu.')
  expect(await said('sv', { ...missing, count: 2 })).toBe('Utkast. 2 delar saknas.')
  expect(await said('en', { ...missing, count: 2 })).toBe('Draft. 2 parts are missing.')
  const names = [{ fi: 'Elämänkaari', sv: 'Livsbågen' }]
  const submitted = step({ says: 'submitted', number: '2026-7', names })
  expect(await said('fi', submitted)).toBe(
    'Hakemus on lähetetty käsittelyyn. Asianumero 2026-7. Käsittelijä: Elämänkaari',
  )
  expect(await said('sv', { ...submitted, number: null })).toBe(
    'Ansökan har skickats till behandling. Behandlas av: Livsbågen',
  )
  const duty = step({ says: 'agreement_next_duty', duty: 'report', day: '2027-01-31' })
  expect(await said('fi', duty)).toBe('Voimassa. Seuraava tehtävä: selvitys, avautuu 31.1.2027.')
})
