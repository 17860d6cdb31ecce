import { describe, expect, test } from 'vitest'
import { differing, merge } from '../../../lib/drafts/merge'
import { type Draft, draftOf, rowsOf, SENT, sumOf, updateOf } from './draft'

const content = {
  activities: 'Kerho kokoontui.',
  figures: [
    { month: 1, target_group: 'KR1.1', what: 'visits' as const, amount: 40 },
    { month: 3, target_group: 'KR1.1', what: 'visits' as const, amount: 35 },
    { month: null, target_group: null, what: 'events' as const, amount: 12 },
  ],
  contributions: [{ kind: 'money' as const, cents: 1250, hours: null, budget_line: null, description: null }],
  stories: ['Kerhosta löytyi ystävä.'],
  problems: null,
  plans: null,
}

const changed = (base: Draft, draft: Draft) => updateOf(draft, differing(SENT, base, draft))

describe('the draft of a report', () => {
  test('what was read is what would be sent', () => {
    expect(changed(draftOf({}), draftOf(content))).toEqual({
      activities: content.activities,
      figures: content.figures,
      contributions: content.contributions,
      stories: content.stories,
    })
    expect(changed(draftOf(content), draftOf(content))).toEqual({})
  })

  test('a row holds twelve months or the whole year, with its sum', () => {
    const [visits, events] = rowsOf(content.figures)
    expect(visits?.months).toEqual([40, null, 35, ...Array(9).fill(null)])
    expect([visits, events].map((row) => row && [row.monthly, sumOf(row)])).toEqual([
      [true, 75],
      [false, 12],
    ])
  })

  test('a row without a number is nothing, and a section that is emptied is removed', () => {
    const draft = draftOf(content)
    for (const row of draft.figures) Object.assign(row, { year: null, months: row.months.map(() => null) })
    expect(draft.figures.map(sumOf)).toEqual([null, null])
    expect(changed(draftOf(content), { ...draft, stories: [] })).toEqual({ figures: null, stories: null })
  })

  test('who saves second keeps what they wrote, and takes over the rest', () => {
    const base = draftOf(content)
    const mine = { ...draftOf(content), activities: 'Minun.', plans: 'Jatketaan.' }
    const theirs = { ...draftOf(content), activities: 'Heidän.', problems: 'Tila oli kiinni.' }
    const { draft, clashes } = merge(SENT, base, mine, theirs)
    expect(clashes).toMatchObject([{ field: 'activities', theirs: 'Heidän.' }])
    expect([draft.activities, draft.plans, draft.problems]).toEqual(['Minun.', 'Jatketaan.', 'Tila oli kiinni.'])
  })
})
