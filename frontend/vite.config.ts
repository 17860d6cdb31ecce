import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { shortPreload } from './preload'

const api = process.env.PUUMERKKI_API ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [
    shortPreload.plugin,
    react(),
    lingui({ macroTransform: true, failOnMissing: process.env.PUUMERKKI_DRAFT === '0', failOnCompileError: true }),
  ],
  resolve: { alias: { polished: new URL('src/lib/polished.ts', import.meta.url).pathname } },
  // the server puts a nonce of its own into every answer
  html: { cspNonce: 'NONCE-OF-THIS-ANSWER' },
  build: {
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
    target: 'es2023',
    modulePreload: { resolveDependencies: shortPreload.dependencies },
  },
  server: { proxy: { '/api': api, '/.well-known': api } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 60_000 },
})
