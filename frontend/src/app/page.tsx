import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, useEffect, useState } from 'react'
import { speak } from '../lib/language'
import { useSignedIn } from '../lib/me'
import { SignInFirst } from './SignInFirst'

const files = import.meta.glob<{ default: ComponentType }>('../features/*/*Page.tsx')

async function load(name: string): Promise<ComponentType> {
  const file = files[`../features/${name}.tsx`]
  if (file === undefined) throw new Error(`There is no page ${name}.`)
  const [module] = await Promise.all([file(), speak(`features/${name.split('/')[0]}`)])
  return module.default
}

/** A page by its feature and file, such as `needs/NeedPage`: loaded, with its feature's messages, when it is gone to. */
export const page = (name: string) => lazyRouteComponent(async () => ({ default: await load(name) }))

/** The same for whoever is signed in; others are asked to sign in first, and come back here. */
export const ownPage = (name: string) =>
  lazyRouteComponent(async () => {
    const Page = await load(name)
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
