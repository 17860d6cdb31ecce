import { defineConfig } from '@lingui/cli'

// a check extracts into a copy
const src = process.env.PUUMERKKI_CATALOGUES ?? '<rootDir>/src'

const LABELS = ['src/features/*/labels.ts', 'src/ui/*/labels.ts', 'src/lib/labels.ts']
const ERRORS = ['src/features/*/errors.ts', 'src/ui/*/errors.ts']
const APART = [...LABELS, ...ERRORS]

// a catalogue beside each feature, one of all features' labels, one of their errors, one of what comes next,
// one for what they share
export default defineConfig({
  sourceLocale: 'en',
  locales: ['fi', 'sv', 'en'],
  catalogs: [
    { path: `${src}/features/{name}/locales/{locale}`, include: ['src/features/{name}'], exclude: APART },
    { path: `${src}/locales/labels/{locale}`, include: LABELS },
    { path: `${src}/locales/errors/{locale}`, include: ERRORS },
    { path: `${src}/ui/next/locales/{locale}`, include: ['src/ui/next'] },
    {
      path: `${src}/locales/{locale}`,
      include: ['src/app', 'src/lib', 'src/ui'],
      exclude: [...APART, 'src/ui/next/**'],
    },
  ],
  orderBy: 'message',
})
