import { screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { loadConfig } from '../api/config'
import type { FileFormat } from '../lib/download'
import { DownloadList } from './DownloadList'
import { show } from './testing'

afterEach(() => vi.restoreAllMocks())

test('both formats are asked for, and the file bears the name that the API gives it', async () => {
  const seen: string[] = []
  URL.createObjectURL = () => 'blob:x'
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    seen.push(this.download)
  })
  let finish = () => {}
  const fetch = async (format: FileFormat) => {
    seen.push(format)
    await new Promise<void>((done) => {
      finish = done
    })
    const headers = { 'content-disposition': `attachment; filename="needs.${format}"` }
    return { data: new Blob(['x']), response: new Response(null, { headers }) }
  }
  const person = await show(<DownloadList fetch={fetch} />)
  for (const [name, format] of [
    [/\.xlsx/, 'xlsx'],
    [/\.csv/, 'csv'],
  ] as const) {
    await person.click(screen.getByRole('button', { name: 'Download the whole list' }))
    await person.click(screen.getByRole('menuitem', { name }))
    await screen.findByText('The file is being made')
    finish()
    await waitFor(() => expect(seen.slice(-2)).toEqual([format, `needs.${format}`]))
    await waitFor(() => expect(screen.queryByText('The file is being made')).toBeNull())
  }
})

test('a refusal is said', async () => {
  const refused = { error: { code: 'too_many_to_export', title: 'Too many' }, response: new Response(null) }
  const person = await show(<DownloadList fetch={async () => refused} />)
  await person.click(screen.getByRole('button', { name: 'Download the whole list' }))
  await person.click(screen.getByRole('menuitem', { name: /\.xlsx/ }))
  expect(await screen.findByRole('alert')).toBeTruthy()
})

test('who is not signed in is told before asking how long a file may be', async () => {
  const told = { signed_out_rows: 400 }
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(told)))
  await loadConfig()
  await show(<DownloadList fetch={async () => ({ response: new Response(null) })} />)
  expect(screen.getByText(/download at most 400 rows/)).toBeTruthy()
})
