import type { Plugin } from 'vite'

/** What the entry imports: it is there when a page is gone to, and need not be named among what the page needs. */
const there = new Set<string>()

/** Keeps the entry small: beside each page it names only what comes along with it, not what is there already. */
export const shortPreload = {
  plugin: {
    name: 'short-preload',
    enforce: 'pre',
    generateBundle: {
      order: 'pre',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) there.add(file.fileName)
        // a set is walked to its end, with what is added meanwhile
        for (const name of there) {
          const file = bundle[name]
          if (file?.type !== 'chunk') continue
          for (const needed of [...file.imports, ...(file.viteMetadata?.importedCss ?? [])]) there.add(needed)
        }
      },
    },
  } satisfies Plugin,
  dependencies: (file: string, needed: string[], { hostType }: { hostType: 'html' | 'js' }) =>
    hostType === 'html' ? needed : needed.filter((one) => one !== file && !there.has(one)),
}
