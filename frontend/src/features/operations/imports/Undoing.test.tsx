import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answering, problem, show } from '../../../ui/testing'
import type { Job } from './types'
import { Undoing } from './Undoing'

const job = (changed: Partial<Job>) =>
  ({
    id: 'j1',
    version: 4,
    kind: 'needs',
    created: 2,
    changed: 1,
    applied_at: new Date().toISOString(),
    ...changed,
  }) as Job

test('what would be undone is said first, and whose rows keep it from being undone', async () => {
  const touched = [{ row: 7, id: 'n1', name: 'Iltakerhon kyydit' }]
  const refused = problem(409, 'touched_since')
  answering(() => ({ ...refused, body: { ...refused.body, touched } }))
  const user = await show(<Undoing of={job({})} />)
  await user.click(screen.getByRole('button', { name: 'Undo the import' }))
  expect(screen.getByText('2 added rows are removed')).toBeTruthy()
  expect(screen.getByText('1 changed row gets its earlier details back')).toBeTruthy()
  await user.click(screen.getAllByRole('button', { name: 'Undo the import' }).at(-1) as HTMLElement)
  expect(await screen.findByText('Row 7: Iltakerhon kyydit')).toBeTruthy()
})

test.each([{ kind: 'agreements' as const }, { applied_at: '2026-01-01T00:00:00Z' }, { applied_at: null }])(
  'what cannot be undone is not offered: %o',
  async (changed) => {
    await show(<Undoing of={job(changed)} />)
    expect(screen.queryByRole('button')).toBeNull()
  },
)
