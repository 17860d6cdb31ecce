import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Menu } from './Menu'

afterEach(cleanup)

const names = ['Oma työ', 'Profiili', 'Kirjaudu ulos']

function opened() {
  const run: string[] = []
  render(<Menu text="Maija" choices={names.map((name) => ({ name, run: () => run.push(name) }))} />)
  const button = screen.getByRole('button', { name: 'Maija' })
  fireEvent.click(button)
  return { run, button }
}

const focused = () => document.activeElement?.textContent
const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key })

test('arrows, Home and End move, round and round', () => {
  opened()
  const seen = ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home'].map((key) => {
    press(key)
    return focused()
  })
  expect(seen).toEqual(['Profiili', 'Kirjaudu ulos', 'Oma työ', 'Kirjaudu ulos', 'Oma työ'])
})

test('Escape closes and gives the focus back', () => {
  const { button } = opened()
  expect(focused()).toBe('Oma työ')
  press('Escape')
  expect(document.activeElement).toBe(button)
  expect(screen.queryByRole('menuitem')).toBeNull()
  press('ArrowDown')
  expect(focused()).toBe('Oma työ')
})

test('what is chosen runs, and the menu closes', () => {
  const { run, button } = opened()
  fireEvent.click(screen.getByRole('menuitem', { name: 'Profiili' }))
  expect([run, button.ariaExpanded]).toEqual([['Profiili'], 'false'])
})

test('it closes when the focus goes elsewhere', () => {
  const { button } = opened()
  fireEvent.blur(document.activeElement as Element, { relatedTarget: document.body })
  expect(button.ariaExpanded).toBe('false')
})

test('of alternatives the one that holds has the focus', () => {
  const run = () => undefined
  render(
    <Menu
      text="In English (EN)"
      label="In English (EN), choose the language"
      choices={[
        { name: 'Suomeksi (FI)', lang: 'fi', chosen: false, run },
        { name: 'In English (EN)', lang: 'en', chosen: true, run },
      ]}
    />,
  )
  fireEvent.click(screen.getByRole('button', { name: 'In English (EN), choose the language' }))
  expect(document.activeElement).toBe(screen.getByRole('menuitemradio', { checked: true }))
})
