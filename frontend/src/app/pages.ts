import type { Pages } from '../lib/pages'
import { page } from './page'

const given = import.meta.glob<Pages>('../features/*/pages.ts', { eager: true, import: 'default' })

/** Every page by its path after the language, as the features name them. */
export const pages = Object.entries(given).flatMap(([file, kinds]) => {
  const feature = file.slice(3, -'/pages.ts'.length)
  return (['open', 'own', 'plain'] as const).flatMap((kind) =>
    Object.entries(kinds[kind] ?? {}).map(([path, load]) => ({ path, component: page(kind, feature, load) })),
  )
})
