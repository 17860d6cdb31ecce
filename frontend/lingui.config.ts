import { defineConfig } from '@lingui/cli'

// a catalogue beside each feature, one for what they share
export default defineConfig({
  sourceLocale: 'en',
  locales: ['fi', 'sv', 'en'],
  catalogs: [
    { path: '<rootDir>/src/features/{name}/locales/{locale}', include: ['src/features/{name}'] },
    { path: '<rootDir>/src/locales/{locale}', include: ['src/app', 'src/lib', 'src/ui'] },
  ],
  orderBy: 'message',
})
