import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react'
import { subscribe, unsure } from '../api/session'
import { LABELS, speak } from '../lib/language'
import { useSignedIn } from '../lib/me'
import type { LoadPage, Pages } from '../lib/pages'
import { Away } from './Away'
import { SignInFirst } from './SignInFirst'

/** A page of a feature (`features/needs`), fetched with the messages that it shows when somebody goes to it. */
export const page = (kind: keyof Pages, feature: string, load: LoadPage) =>
  lazyRouteComponent(async () => {
    const said = [`${feature}/locales`, ...(kind === 'plain' ? [] : [LABELS])]
    const [{ default: Page }] = await Promise.all([load(), ...said.map(speak)])
    return { default: kind === 'own' ? () => <Own>{Page}</Own> : Page }
  })

/** What is shown stays when the session ends, so that nothing typed is lost. */
function Own({ children: Page }: { children: ComponentType }) {
  const known = useSignedIn()
  const away = useSyncExternalStore(subscribe, unsure)
  const [shown, setShown] = useState(known)
  useEffect(() => {
    if (known) setShown(true)
  }, [known])
  if (shown) return <Page />
  return away ? <Away /> : <SignInFirst />
}
