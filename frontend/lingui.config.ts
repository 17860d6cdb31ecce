import { defineConfig } from '@lingui/cli'

// a check extracts into a copy
const src = process.env.PUUMERKKI_CATALOGUES ?? '<rootDir>/src'

// a catalogue beside each feature, one for what they share
export default defineConfig({
  sourceLocale: 'en',
  locales: ['fi', 'sv', 'en'],
  catalogs: [
    { path: `${src}/features/{name}/locales/{locale}`, include: ['src/features/{name}'] },
    { path: `${src}/locales/{locale}`, include: ['src/app', 'src/lib', 'src/ui'] },
  ],
  orderBy: 'message',
})
