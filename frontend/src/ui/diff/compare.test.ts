// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { compareLists, compareWords } from './compare'

const changed = (of: { text: string; changed: boolean }[]) => of.filter((one) => one.changed).map((one) => one.text)
const text = (of: { text: string }[]) => of.map((one) => one.text).join('')

describe('words', () => {
  const old = 'Kahvila on auki kahtena iltana viikossa.\nOvet avaa työntekijä.'
  const now = 'Kahvila on auki kolmena iltana viikossa.\nOvet avaa vapaaehtoinen, jolla on avain.'

  test('only what differs is marked, and nothing is lost', () => {
    const sides = compareWords(old, now)
    expect(changed(sides.old)).toEqual(['kahtena', 'työntekijä'])
    expect(changed(sides.now)).toEqual(['kolmena', 'vapaaehtoinen, jolla on avain'])
    expect([text(sides.old), text(sides.now)]).toEqual([old, now])
  })

  test('letters beyond ASCII do not cut a word', () => {
    expect(changed(compareWords('Yöllä hän käy ääneti työssä.', 'Yöllä hän käy ääneti töissä.').now)).toEqual([
      'töissä',
    ])
  })

  test('texts of which little is kept are two different ones', () => {
    const sides = compareWords('Tila on auki.', 'Matkat maksetaan ja ruoka on kaikille ilmainen.')
    expect([sides.old, sides.now].map((side) => side.length)).toEqual([1, 1])
  })

  test('words that follow each other are marked as one', () => {
    expect(changed(compareWords('Se on iso uusi talo Oulussa.', 'Se on pieni vanha talo Oulussa.').now)).toEqual([
      'pieni vanha',
    ])
  })

  test('nothing is marked in an empty text', () => {
    expect(compareWords('', 'Uusi').old).toEqual([])
  })
})

test('of a list the entries are marked that the other one lacks', () => {
  const sides = compareLists(['Oulu', 'Ii'], ['Ii', 'Muhos', 'Kempele'])
  expect(changed(sides.old)).toEqual(['Oulu'])
  expect(text(sides.now)).toBe('Ii\nMuhos\nKempele')
  expect(sides.now.map((one) => one.changed)).toEqual([false, true, false, true])
})
