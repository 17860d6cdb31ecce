import { expect, test } from 'vitest'
import { contentOf, type Template, templateOf } from './templates'

const TEMPLATE = {
  id: null,
  content: {
    purpose: 'Seuraa',
    evaluation: 'Kysely',
    forms: null,
    reporting: [{ what: 'Toiminta', due: 'keväällä', due_by: '02-28' }],
  },
} as unknown as Template

test('a draft begins with what the template says; the drafter reports', () => {
  const reporting = [{ what: 'Toiminta', due: 'keväällä', due_by: '02-28', organisation_id: 'a' }]
  expect(contentOf(TEMPLATE, 'a', false)).toEqual({ purpose: 'Seuraa', evaluation: 'Kysely', reporting })
  expect(contentOf(TEMPLATE, 'a', true)).toEqual({ evaluation: 'Kysely', reporting })
  expect(contentOf(undefined, 'a', false)).toEqual({})
})

test('a template names no party, puts nothing in and is not public', () => {
  const content = {
    purpose: 'Seuraa',
    public: true,
    contributions: [{ organisation_id: 'a', kind: 'money' as const, cents: 5 }],
    reporting: [{ organisation_id: 'a', what: 'Toiminta', due: 'keväällä' }],
  }
  expect(templateOf(content)).toEqual({
    purpose: 'Seuraa',
    reporting: [{ what: 'Toiminta', due: 'keväällä', due_by: null }],
  })
})
