import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { texts } from '../lib/errorMessages'
import { activate } from '../lib/language'
import { loadErrors } from '../lib/loadErrors'
import { Actions } from './Actions'
import './testing'

beforeEach(() => Promise.all([activate('fi'), loadErrors()]))
afterEach(cleanup)

test('what cannot be done now is told once for each reason', () => {
  const run = Object.fromEntries(['endorse', 'decline', 'revoke'].map((label) => [label, { label }]))
  const blocked = (action: string, blocked_by: string) => ({ action, allowed: false, blocked_by })
  const of = [
    blocked('endorse', 'ballot_not_closed'),
    blocked('decline', 'ballot_not_closed'),
    blocked('revoke', 'no_endorsement'),
    blocked('close', 'forbidden'),
  ]
  render(
    <I18nProvider i18n={i18n}>
      <Actions of={of} run={run} />
    </I18nProvider>,
  )
  expect(screen.getAllByRole('listitem').map((line) => line.textContent)).toEqual([
    `Ei nyt mahdollista – endorse, decline: ${i18n._(texts.reasonText('ballot_not_closed'))}`,
    `Ei nyt mahdollista – revoke: ${i18n._(texts.reasonText('no_endorsement'))}`,
  ])
})

test('an address leads to the form of an action, also one that comes later, and to the button of one without', () => {
  const of = ['sign', 'begin'].map((action) => ({ action, allowed: true, blocked_by: null }))
  const run = { sign: { label: 'Sign', form: () => <p>The form</p> }, begin: { label: 'Begin' } }
  const shown = (arrived?: string) => (
    <I18nProvider i18n={i18n}>
      <Actions of={of} run={run} arrived={arrived} />
    </I18nProvider>
  )
  const { rerender } = render(shown())
  expect(screen.queryByText('The form')).toBeNull()
  rerender(shown('sign'))
  expect(screen.getByText('The form')).not.toBeNull()
  cleanup()
  render(shown('begin'))
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Begin' }))
  cleanup()
  render(shown('terminate'))
  expect(screen.queryByText('The form')).toBeNull()
})

test('a form that ends late does not close the one that was opened since', () => {
  const ends: Record<string, () => void> = {}
  const form = (name: string) => (close: () => void) => {
    ends[name] = close
    return <p>Form of {name}</p>
  }
  const run = { file: { label: 'File', form: form('file') }, grant: { label: 'Grant', form: form('grant') } }
  const shown = (action: 'file' | 'grant') => (
    <I18nProvider i18n={i18n}>
      <Actions of={[{ action, allowed: true, blocked_by: null }]} run={run} />
    </I18nProvider>
  )
  const { rerender } = render(shown('file'))
  fireEvent.click(screen.getByText('File'))
  // the page knows the new state before the form has heard the end of its own sending
  rerender(shown('grant'))
  fireEvent.click(screen.getByText('Grant'))
  act(() => ends.file?.())
  expect(screen.queryByText('Form of grant')).not.toBeNull()
  act(() => ends.grant?.())
  expect(screen.queryByText('Form of grant')).toBeNull()
})

test('the focus stays there when the button that was pressed is gone with what it did', async () => {
  const of = ['begin', 'propose'].map((action) => ({ action, allowed: true, blocked_by: null }))
  const run = { begin: { label: 'Begin', onClick: async () => undefined }, propose: { label: 'Propose' } }
  const shown = (actions: typeof of) => (
    <I18nProvider i18n={i18n}>
      <Actions of={actions} run={run} />
    </I18nProvider>
  )
  const { rerender } = render(shown(of))
  const button = screen.getByRole('button', { name: 'Begin' })
  button.focus()
  await act(async () => fireEvent.click(button))
  rerender(shown(of.slice(1)))
  expect(document.activeElement).toBe(screen.getByRole('region'))
})
