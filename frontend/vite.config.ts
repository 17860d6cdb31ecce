import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { shortPreload } from './preload'

const api = process.env.PUUMERKKI_API ?? 'http://127.0.0.1:8000'

/** What takes the place of a library of which little is used. */
const ours = (name: string) => new URL(`src/lib/${name}.ts`, import.meta.url).pathname

export default defineConfig({
  plugins: [
    shortPreload.plugin,
    react(),
    lingui({ macroTransform: true, failOnMissing: process.env.PUUMERKKI_DRAFT === '0', failOnCompileError: true }),
  ],
  resolve: { alias: { polished: ours('polished'), '@floating-ui/react-dom': ours('floating') } },
  // the server puts a nonce of its own into every answer
  html: { cspNonce: 'NONCE-OF-THIS-ANSWER' },
  build: {
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
    target: 'es2023',
    rolldownOptions: {
      output: {
        // the entry names every page's file: a name beside the hash would weigh
        chunkFileNames: 'assets/[hash].js',
        // bits of a name do not compress: 32 are enough for some hundred files
        hashCharacters: 'hex',
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], test: /^(?!.*(main\.tsx|index\.html))/, priority: 4 },
            // pages without fields, as the first ones that people see
            { name: 'plain', test: /src\/ui\/Cards|src\/lib\/(format|urlState)|core\/Block\//, priority: 3 },
            // forms of a few texts, as for signing in
            {
              name: 'forms',
              test: /src\/ui\/Form|Form\/(TextInput|HintText|Label|StatusText)\/|utils\/Debounce/,
              priority: 2,
            },
            { name: 'labels', test: /src\/(lib|ui\/[^/]+|features\/[^/]+)\/labels\.ts$/, priority: 2 },
            { name: 'fields', minShareCount: 40, priority: 1 },
            { name: 'parts', minShareCount: 15 },
          ],
        },
      },
    },
    modulePreload: { resolveDependencies: shortPreload.dependencies },
  },
  server: { proxy: { '/api': api, '/.well-known': api } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 60_000 },
})
