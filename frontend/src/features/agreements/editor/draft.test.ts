import { expect, test } from 'vitest'
import { differing, merge } from '../../../lib/drafts/merge'
import type { Agreement } from '../components/agreement'
import { type Draft, draftOf, SENT, updateOf } from './draft'

const AGREEMENT = {
  title: 'Tilat',
  starts_on: '2027-01-01',
  ends_on: null,
  drafted_by_organisation_id: 'a',
  parties: [
    { id: 'a', names: { fi: 'Yhdistys' } },
    { id: 'b', names: { fi: 'Kaupunki' } },
  ],
  content: { purpose: 'Seuraa', contributions: [{ organisation_id: 'a', kind: 'money', cents: 100 }] },
  contacts: [],
} as unknown as Agreement

const base = draftOf(AGREEMENT)
const changed = (draft: Draft) => updateOf(draft, differing(SENT, base, draft))

test('only what changed is sent; an emptied section is removed', () => {
  expect(changed(draftOf(AGREEMENT))).toEqual({})
  expect(changed({ ...base, purpose: ' ', title: 'Uusi', parties: [] })).toEqual({
    title: 'Uusi',
    party_ids: [],
    content: { purpose: null },
  })
})

test('hours go with all but money, a sum with money alone', () => {
  const [row] = base.contributions
  const rows = row ? [{ ...row, kind: 'working_time' as const, hours: 40 }] : []
  expect(changed({ ...base, contributions: rows }).content?.contributions).toMatchObject([
    { kind: 'working_time', cents: null, hours: 40 },
  ])
})

test('what others saved stands where I changed nothing; what both changed is mine and told', () => {
  const mine = { ...base, purpose: 'Minun', forms: 'Kahvila' }
  const theirs = { ...base, purpose: 'Heidän', title: 'Heidän nimi' }
  expect(merge(SENT, base, mine, theirs)).toEqual({
    draft: { ...base, purpose: 'Minun', forms: 'Kahvila', title: 'Heidän nimi' },
    clashes: [{ field: 'purpose', key: null, theirs: 'Heidän' }],
    taken: ['title'],
  })
  expect(merge(SENT, base, mine, { ...base, purpose: 'Minun' }).clashes).toEqual([])
})
