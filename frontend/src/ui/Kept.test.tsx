import { cleanup, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { begin, close } from '../api/session'
import { Form } from './Form'
import { CheckField, MoneyField, TextField } from './inputs'
import { RowsEditor } from './RowsEditor'
import { show } from './testing'

const as = (person_id: string) =>
  begin({ person_id, access_token: 't', token_type: 'Bearer', expires_in: 900, unused_ends_in: 9000, ends_in: 9000 })

interface Row {
  key: string
  name: string
}

/** A form with a text, a sum that is there once a box is ticked, and rows. */
function Sample({ title = '', send = async () => undefined }: { title?: string; send?: () => Promise<unknown> }) {
  // one state: a change that knows an older form would lose the others
  const [draft, setDraft] = useState({ title, more: false, sum: null as number | null, rows: [] as Row[] })
  return (
    <Form send={send} label="Send">
      {() => (
        <>
          <TextField
            label="Title"
            name="title"
            value={draft.title}
            onChange={(title) => setDraft({ ...draft, title })}
          />
          <CheckField label="More" name="more" value={draft.more} onChange={(more) => setDraft({ ...draft, more })} />
          {draft.more && (
            <MoneyField label="Sum" name="sum" value={draft.sum} onChange={(sum) => setDraft({ ...draft, sum })} />
          )}
          <RowsEditor
            label="Rows"
            add="Add"
            rows={draft.rows}
            blank={() => ({ key: String(draft.rows.length), name: '' })}
            titleOf={(row) => row.name}
            onChange={(rows) => setDraft({ ...draft, rows })}
          >
            {(row, change) => (
              <TextField label="Name" name="name" value={row.name} onChange={(name) => change({ name })} />
            )}
          </RowsEditor>
        </>
      )}
    </Form>
  )
}

/** The form goes with what is sent. */
function Once() {
  const [there, setThere] = useState(true)
  return there ? <Sample send={async () => setThere(false)} /> : <p>Done</p>
}

const title = () => screen.getByRole('textbox', { name: 'Title' })
const button = (name: string) => screen.findByRole('button', { name })
const kept = () => Object.keys(localStorage).filter((key) => key.includes('.words.'))
/** Long enough for words to be offered if there were any. */
const settled = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => as('aino'))
afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
  close()
})

async function writeAll() {
  const user = await show(<Sample />)
  await user.type(title(), 'Together')
  await user.click(screen.getByRole('checkbox', { name: 'More' }))
  await user.type(screen.getByRole('textbox', { name: /Sum/ }), '12,50')
  await user.click(screen.getByRole('button', { name: 'Add' }))
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Rent')
  cleanup()
}

test('what was typed and not sent is offered, and put back whole: also what another field brings forth, and rows', async () => {
  await writeAll()
  const user = await show(<Sample />)
  await user.click(await button('Continue where you left off'))
  expect(title()).toHaveProperty('value', 'Together')
  await waitFor(() => expect(screen.getByRole('textbox', { name: /Sum/ })).toHaveProperty('value', '12,50'))
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Rent')
  expect(document.activeElement).toBe(title())
  expect(screen.queryByRole('button', { name: 'Discard the text' })).toBeNull()
  // still not sent
  expect(kept()).toHaveLength(1)
  await user.click(await button('Send'))
  await waitFor(() => expect(kept()).toEqual([]))
})

test('words that are thrown away are gone', async () => {
  await writeAll()
  const user = await show(<Sample />)
  await user.click(await button('Discard the text'))
  expect(title()).toHaveProperty('value', '')
  expect(kept()).toEqual([])
})

test('what was sent leaves nothing, also where the form goes with it', async () => {
  const user = await show(<Once />)
  await user.type(title(), 'Together{Enter}')
  await screen.findByText('Done')
  await waitFor(() => expect(kept()).toEqual([]))
})

test('what is typed while it is being sent is kept, and what failed to be sent, too', async () => {
  let arrive = () => {}
  let refuse = (_: Error) => {}
  const send = () =>
    new Promise<void>((done, fail) => {
      arrive = done
      refuse = fail
    })
  const user = await show(<Sample send={send} />)
  await user.type(title(), 'Together{Enter}')
  await user.type(title(), ' on')
  arrive()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Send' }).ariaDisabled).toBe('false'))
  await user.type(title(), 'e{Enter}')
  refuse(new TypeError('Failed to fetch'))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Send' }).ariaDisabled).toBe('false'))
  expect(JSON.parse(localStorage.getItem(kept()[0] ?? '') ?? '')).toMatchObject({
    values: { title: 'Together one' },
    base: { title: 'Together' },
  })
})

test('what is typed back to what it was is nothing to keep', async () => {
  const user = await show(<Sample title="Home" />)
  await user.type(title(), 's')
  expect(kept()).toHaveLength(1)
  await user.type(title(), '{Backspace}')
  expect(kept()).toEqual([])
})

test('another person is offered nothing, and signing out deletes it', async () => {
  await writeAll()
  close()
  expect(kept()).toEqual([])
  await writeAll()
  as('aino')
  await writeAll()
  as('bertta')
  await show(<Sample />)
  await settled()
  expect(screen.queryByRole('button', { name: 'Discard the text' })).toBeNull()
  expect(kept()).toHaveLength(1)
})

test('where somebody changed the same field since, that is said', async () => {
  const user = await show(<Sample title="Home" />)
  await user.type(title(), 's')
  cleanup()
  await show(<Sample title="House" />)
  await button('Continue where you left off')
  expect(screen.getByText('Somebody has changed the same fields since. Check them before you save.')).toBeTruthy()
})

test('after two weeks it is gone', async () => {
  await writeAll()
  vi.useFakeTimers({ now: Date.now() + 15 * 24 * 3_600_000, toFake: ['Date'] })
  await show(<Sample />)
  await settled()
  expect(screen.queryByRole('button', { name: 'Discard the text' })).toBeNull()
  expect(kept()).toEqual([])
})

test('a device without room for it changes nothing else', async () => {
  let sent = 0
  const user = await show(<Sample send={async () => sent++} />)
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await user.type(title(), 'Together{Enter}')
  await waitFor(() => expect(sent).toBe(1))
  expect(full).toHaveBeenCalled()
  full.mockRestore()
})
