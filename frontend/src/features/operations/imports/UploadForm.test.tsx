import { createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { loadConfig } from '../../../api/config'
import { answering, show } from '../../../ui/testing'
import { UploadForm } from './UploadForm'

test('a file that is larger than the server takes is not sent, by the limit that the server told', async () => {
  const told = { import_max_bytes: 2_000_000 }
  const asked = answering(() => ({ body: told }))
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (path: string) => fetch(new URL(path, window.location.origin)))
  await loadConfig()
  const component = () => <UploadForm kinds={['organisations']} />
  const routeTree = createRootRoute({ component, notFoundComponent: component })
  const user = await show(<RouterProvider router={createRouter({ routeTree })} />)
  expect(await screen.findByText(/The largest file is 2 MB/)).toBeTruthy()
  await user.upload(screen.getByLabelText('File: CSV, XLSX or ODS'), new File(['a'.repeat(2_000_001)], 'a.csv'))
  expect(screen.getByText('The file is larger than 2 MB. Split it into several files.')).toBeTruthy()
  const before = asked.length
  await user.click(screen.getByRole('button', { name: 'Send the file and run the trial' }))
  expect(screen.getByRole('alert').textContent).toContain('larger than 2 MB')
  expect(asked.length).toBe(before)
})
