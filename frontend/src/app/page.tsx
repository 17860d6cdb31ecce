import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, useEffect, useState } from 'react'
import { LABELS, speak } from '../lib/language'
import { useSignedIn } from '../lib/me'
import type { Pages } from '../lib/pages'
import { SignInFirst } from './SignInFirst'

const files = import.meta.glob<{ default: ComponentType }>('../features/*/*Page.tsx')

/**
 * A page of a feature (`features/needs`) by its file, loaded, with the messages that it shows, when it is gone to.
 */
export const page = (kind: keyof Pages, feature: string, name: string) =>
  lazyRouteComponent(async () => {
    const file = files[`../${feature}/${name}.tsx`]
    if (file === undefined) throw new Error(`There is no page ${feature}/${name}.`)
    const said = [`${feature}/locales`, ...(kind === 'plain' ? [] : [LABELS])]
    const [{ default: Page }] = await Promise.all([file(), ...said.map(speak)])
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
