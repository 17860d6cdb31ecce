import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { queries } from '../api/client'
import { loadErrors } from '../lib/loadErrors'
import { useSignedIn } from '../lib/me'
import { Toasts } from '../ui/Feedback'
import { ReleaseWatch } from './ReleaseWatch'
import { SessionWatch } from './SessionWatch'

/** What every page needs around it: language, data, what others do, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <Live />
        <Errors />
        <ReleaseWatch />
        {children}
        <SessionWatch />
        <Toasts />
      </QueryClientProvider>
    </I18nProvider>
  )
}

/** Fetches what errors are called when there is nothing else to do. */
function Errors() {
  useEffect(() => {
    const idle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 1000))
    idle(() => void loadErrors())
  }, [])
  return null
}

function Live() {
  const known = useSignedIn()
  useEffect(() => {
    if (!known) return
    const stop = new AbortController()
    void import('../lib/live').then(({ follow }) => follow(queries, stop.signal))
    return () => stop.abort()
  }, [known])
  return null
}
