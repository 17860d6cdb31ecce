import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, useEffect, useState } from 'react'
import { speak } from '../lib/language'
import { useSignedIn } from '../lib/me'
import { SignInFirst } from './SignInFirst'

const files = import.meta.glob<{ default: ComponentType }>('../features/*/*Page.tsx')

async function load(feature: string, name: string): Promise<ComponentType> {
  const file = files[`../${feature}/${name}.tsx`]
  if (file === undefined) throw new Error(`There is no page ${feature}/${name}.`)
  const [module] = await Promise.all([file(), speak(feature)])
  return module.default
}

/** A page by its feature (`features/needs`) and its file, loaded, with the feature's messages, when it is gone to. */
export const page = (feature: string, name: string) =>
  lazyRouteComponent(async () => ({ default: await load(feature, name) }))

/** The same for whoever is signed in; others are asked to sign in first, and come back here. */
export const ownPage = (feature: string, name: string) =>
  lazyRouteComponent(async () => {
    const Page = await load(feature, name)
    return { default: () => <Own>{Page}</Own> }
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
