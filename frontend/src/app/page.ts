import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { speak } from '../lib/language'

const files = import.meta.glob<{ default: ComponentType }>('../features/*/*Page.tsx')

/** A page by its feature and file, such as `needs/NeedPage`: loaded, with its feature's messages, when it is gone to. */
export function page(name: string) {
  const load = files[`../features/${name}.tsx`]
  if (load === undefined) throw new Error(`There is no page ${name}.`)
  return lazyRouteComponent(async () => (await Promise.all([load(), speak(`features/${name.split('/')[0]}`)]))[0])
}
