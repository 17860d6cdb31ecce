import type { Pages } from '../lib/pages'
import { ownPage, page } from './page'

const given = import.meta.glob<Pages>('../features/*/pages.ts', { eager: true, import: 'default' })

/** Every page by its path after the language, as the features name them. */
export const pages = new Map(
  Object.entries(given).flatMap(([file, { open = {}, own = {} }]) => {
    const feature = file.slice(3, -'/pages.ts'.length)
    return [
      ...Object.entries(open).map(([path, name]) => [path, page(feature, name)] as const),
      ...Object.entries(own).map(([path, name]) => [path, ownPage(feature, name)] as const),
    ]
  }),
)
