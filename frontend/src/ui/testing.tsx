import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, vi } from 'vitest'
import { activate } from '../lib/language'

// a state is waited for, not a time
configure({ asyncUtilTimeout: 20_000 })

// the browser of the tests has no windows above the page
HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
  this.open = false
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** Shows a part of a page as the app does, in English; the person who uses it. */
export async function show(children: ReactNode) {
  await activate('en')
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>{children}</I18nProvider>
    </QueryClientProvider>,
  )
  return userEvent.setup()
}

/** Answers all requests as the server would; what was asked for, in turn. */
export function answering(answer: (asked: URL) => { status?: number; body: unknown }): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: URL | string) => {
    const url = new URL(address)
    asked.push(`${url.pathname}${url.search}`)
    const { status = 200, body } = answer(url)
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  return asked
}

/** A problem as the API tells it; `errors`: code by pointer. */
export function problem(status: number, code: string, errors: Record<string, string> = {}) {
  const fields = Object.entries(errors).map(([pointer, code]) => ({ pointer, code }))
  return { status, body: { type: 'about:blank', title: code, status, code, detail: null, errors: fields } }
}
