import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, useEffect, useState } from 'react'
import { LABELS, speak } from '../lib/language'
import { useSignedIn } from '../lib/me'
import type { LoadPage, Pages } from '../lib/pages'
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
  const [shown, setShown] = useState(known)
  useEffect(() => {
    if (known) setShown(true)
  }, [known])
  return shown ? <Page /> : <SignInFirst />
}
