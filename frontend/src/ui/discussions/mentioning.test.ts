import { expect, test } from 'vitest'
import { begunName, piecesOf, withIds, withName } from './mentioning'

const ID = '01890000-0000-7000-8000-000000000001'

test('a name is begun after an @ that stands by itself', () => {
  expect(begunName('Hei @', 5)).toBe('')
  expect(begunName('Hei @Aino Es', 12)).toBe('Aino Es')
  expect(begunName('(@Äi', 4)).toBe('Äi')
  expect(begunName('posti@example', 13)).toBeUndefined()
  expect(begunName('@Aino\nHei', 9)).toBeUndefined()
})

test('a chosen name takes the place of what was typed', () => {
  expect(withName('Hei @ai, ehditkö?', 7, 'Aino Esimerkki')).toEqual(['Hei @Aino Esimerkki, ehditkö?', 19])
  expect(withName('@ai', 3, 'Aino')).toEqual(['@Aino ', 6])
})

test('names are sent as ids, the longer first, and come back as names', () => {
  const named = new Map([
    ['Aino', '2'],
    ['Aino Esimerkki', ID],
  ])
  const body = withIds('@Aino Esimerkki ja @Aino', named)
  expect(body).toBe(`@[${ID}] ja @[2]`)
  expect(piecesOf({ body, mentions: [{ id: ID, name: 'Aino Esimerkki' }] })).toEqual([
    { said: '' },
    { said: '', name: 'Aino Esimerkki' },
    { said: ' ja @[2]' },
  ])
})

test('what only looks like an id stays text', () => {
  expect(piecesOf({ body: `@[${ID}]`, mentions: [] })).toEqual([{ said: '' }, { said: `@[${ID}]` }, { said: '' }])
})
