import { i18n } from '@lingui/core'
import { screen, waitFor, within } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { expect, test } from 'vitest'
import { api, ask } from '../api/client'
import { NEEDED } from '../lib/genericErrors'
import { type Faults, type Faulty, Form } from './Form'
import { ChecksField, NumberField, RadiosField, TextField } from './inputs'
import { answering, problem, show } from './testing'

const TITLE = { name: 'title', label: 'Title' }

/** A form of one text, and of what else is given. */
function Sample({
  send,
  check,
  others,
}: {
  send: () => Promise<unknown>
  check?: (title: string) => Faults
  others?: (faultOf: (pointer: string) => Faulty) => ReactNode
}) {
  const [title, setTitle] = useState('')
  return (
    <Form send={send} label="Send" check={() => check?.(title) ?? {}}>
      {(faultOf) => (
        <>
          <TextField {...TITLE} value={title} onChange={setTitle} fault={faultOf('/title')} />
          {others?.(faultOf)}
        </>
      )}
    </Form>
  )
}

const needed = (title: string): Faults => (title ? {} : { '/title': 'Give it a title.' })
const refuse = () => ask(api.POST('/api/v1/auth/logout'))
const field = (label: string) => screen.getByRole('textbox', { name: label })
const button = (name: string) => screen.getByRole('button', { name })

test('Enter in a field sends, once at a time', async () => {
  let sent = 0
  let arrive = () => {}
  const send = () => {
    sent += 1
    return new Promise<void>((done) => {
      arrive = done
    })
  }
  const user = await show(<Sample send={send} />)
  await user.type(field('Title'), 'Together{Enter}')
  expect(button('Send').ariaDisabled).toBe('true')
  await user.click(button('Send'))
  await user.type(field('Title'), '{Enter}')
  expect(sent).toBe(1)
  arrive()
  await waitFor(() => expect(button('Send').ariaDisabled).toBe('false'))
  await user.click(button('Send'))
  expect(sent).toBe(2)
})

test('what is wrong is said on top, where the focus goes, and leads to its field', async () => {
  let sent = 0
  const user = await show(<Sample send={async () => sent++} check={needed} />)
  await user.click(button('Send'))
  const top = screen.getByRole('alert')
  expect(document.activeElement).toBe(top)
  expect(top.textContent).toContain('Some fields need correcting')
  await user.tab()
  expect(document.activeElement).toBe(button('Title: Give it a title.'))
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(field('Title'))
  expect(sent).toBe(0)
})

test('the field says its fault to whoever comes to it, until it is mended and sent', async () => {
  const user = await show(<Sample send={async () => undefined} check={needed} />)
  await user.click(button('Send'))
  const title = field('Title')
  expect(title.getAttribute('aria-invalid')).toBe('true')
  const described = title.getAttribute('aria-describedby')?.split(' ') ?? []
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain('Give it a title.')
  await user.type(title, 'Together{Enter}')
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(''))
  expect(field('Title').getAttribute('aria-invalid')).not.toBe('true')
})

test('what the server refuses stands at its field, or at the one above it; what has none is told', async () => {
  answering(() => problem(422, 'invalid', { '/title/fi': 'string_too_long', '/elsewhere': 'missing' }))
  const user = await show(<Sample send={refuse} />)
  await user.click(button('Send'))
  const [title, elsewhere] = await screen.findAllByRole('listitem')
  expect(document.activeElement).toBe(screen.getByRole('alert'))
  expect(elsewhere?.textContent).toBe(i18n._(NEEDED))
  await user.click(within(title as HTMLElement).getByRole('button', { name: /^Title: ./ }))
  expect(document.activeElement).toBe(field('Title'))
})

test('without a connection it is said so, and it can be sent again', async () => {
  let tries = 0
  const send = async () => {
    tries += 1
    if (tries === 1) throw new TypeError('Failed to fetch')
  }
  const user = await show(<Sample send={send} />)
  await user.type(field('Title'), 'Together')
  await user.click(button('Send'))
  expect(document.activeElement).toBe(screen.getByRole('alert'))
  expect(screen.getByRole('alert').textContent).not.toBe('')
  await user.click(button('Send'))
  expect([tries, screen.getByRole('alert').textContent]).toEqual([2, ''])
  expect(field('Title')).toHaveProperty('value', 'Together')
})

test('what cannot be read as a number is not sent', async () => {
  let sent = 0
  const number = () => <NumberField name="hours" label="Hours" value={null} onChange={() => undefined} />
  const user = await show(<Sample send={async () => sent++} others={number} />)
  await user.type(field('Hours'), 'many{Enter}')
  await user.click(button('Hours: Write a whole number.'))
  expect(document.activeElement).toBe(field('Hours'))
  expect(sent).toBe(0)
})

test('the fault of a group is called by its name and leads to its first choice, or to the chosen one', async () => {
  const options = [
    { value: 'a', label: 'Old people' },
    { value: 'b', label: 'Young people' },
  ]
  const groups = (faultOf: (pointer: string) => Faulty) => {
    const common = { options, onChange: () => undefined }
    return (
      <>
        <ChecksField {...common} name="for" label="For whom" value={[]} fault={faultOf('/for')} />
        <RadiosField {...common} name="by" label="By whom" value="b" fault={faultOf('/by')} />
      </>
    )
  }
  const check = () => ({ '/for': 'Choose one.', '/by': 'Not by them.' })
  const user = await show(<Sample send={async () => undefined} check={check} others={groups} />)
  await user.click(button('Send'))
  await user.click(button('For whom: Choose one.'))
  expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Old people' }))
  await user.click(button('By whom: Not by them.'))
  const by = screen.getByRole('group', { name: /By whom/ })
  expect(document.activeElement).toBe(within(by).getByRole('radio', { name: 'Young people' }))
})
