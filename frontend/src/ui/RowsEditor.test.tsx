import { screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { TextArea, TextField } from './inputs'
import { RowsEditor } from './RowsEditor'
import { show } from './testing'

let made = 0
const row = (name = '') => ({ key: `k${made++}`, name, note: '' })

function Budget({ names }: { names: string[] }) {
  const [rows, setRows] = useState(() => names.map(row))
  return (
    <RowsEditor
      label="Budget"
      add="Add a line"
      rows={rows}
      blank={row}
      titleOf={(one, place) => one.name || `Line ${place + 1}`}
      onChange={setRows}
    >
      {(one, change, place) => (
        <>
          <TextField
            label={`Name ${place + 1}`}
            name={`budget/${place}/name`}
            value={one.name}
            onChange={(name) => change({ name })}
          />
          <TextArea
            label={`Note ${place + 1}`}
            name={`budget/${place}/note`}
            value={one.note}
            onChange={(note) => change({ note })}
          />
        </>
      )}
    </RowsEditor>
  )
}

const names = () => screen.queryAllByRole('textbox', { name: /^Name/ }).map((one) => (one as HTMLInputElement).value)
const focused = () => document.activeElement
const field = (label: string) => screen.getByRole('textbox', { name: label })
const button = (name: string) => screen.getByRole('button', { name })

test('a row is added, and one goes on in its first field', async () => {
  const user = await show(<Budget names={[]} />)
  await user.click(button('Add a line'))
  expect(focused()).toBe(field('Name 1'))
  await user.keyboard('Rent')
  await user.click(button('Add a line'))
  await user.keyboard('Pay')
  expect(names()).toEqual(['Rent', 'Pay'])
})

test('Enter in a field adds a row below; in a longer text it is a new line', async () => {
  const user = await show(<Budget names={['Rent']} />)
  await user.type(field('Name 1'), '{Enter}')
  expect([names(), focused()]).toEqual([['Rent', ''], field('Name 2')])
  await user.type(field('Note 2'), 'one{Enter}two')
  expect(names()).toHaveLength(2)
  expect(field('Note 2')).toHaveProperty('value', 'one\ntwo')
})

test('what one types changes that row alone', async () => {
  const user = await show(<Budget names={['Rent', 'Pay', 'Food']} />)
  await user.type(field('Name 2'), ' of the leader')
  expect(names()).toEqual(['Rent', 'Pay of the leader', 'Food'])
})

test('a row is removed by a button that says which; the focus goes to the row in its place', async () => {
  const user = await show(<Budget names={['Rent', 'Pay', 'Food']} />)
  await user.click(button('Remove: Pay'))
  expect([names(), focused()]).toEqual([['Rent', 'Food'], field('Name 2')])
  await user.click(button('Remove: Food'))
  expect([names(), focused()]).toEqual([['Rent'], field('Name 1')])
})

test('after the last row the focus goes to the button that adds one', async () => {
  const user = await show(<Budget names={['Rent']} />)
  button('Remove: Rent').focus()
  await user.keyboard('{Enter}')
  expect(names()).toEqual([])
  expect(focused()).toBe(button('Add a line'))
  await user.keyboard(' ')
  expect(focused()).toBe(field('Name 1'))
})

test('by the Tab key one comes through a row to its button and on to the next', async () => {
  const user = await show(<Budget names={['Rent', 'Pay']} />)
  field('Name 1').focus()
  const seen = [field('Note 1'), button('Remove: Rent'), field('Name 2')]
  for (const next of seen) {
    await user.tab()
    expect(focused()).toBe(next)
  }
})
