import { i18n, type Messages } from '@lingui/core'
import type { Schemas } from '../api/client'

export const LANGUAGES = ['fi', 'sv', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** A text in several languages, as the API gives it. */
export type Texts = { [language: string]: string }
export type UiLanguage = Schemas['UiLanguage']

const KEPT = 'puumerkki.language'

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)

/** The language in which the app speaks now, or is about to; it stands in the address. */
export const language = () => (isLanguage(i18n.locale) ? i18n.locale : preferredLanguage())

/** The address's language; without one what was chosen before, else what the browser asks for, else Finnish. */
export function preferredLanguage(): Language {
  const [, given] = window.location.pathname.split('/')
  if (isLanguage(given)) return given
  const kept = localStorage.getItem(KEPT)
  if (isLanguage(kept)) return kept
  return navigator.languages.map((one) => one.slice(0, 2)).find(isLanguage) ?? 'fi'
}

const catalogues = import.meta.glob<{ messages: Messages }>([
  '../locales/**/*.po',
  '../features/*/locales/*.po',
  '../ui/*/locales/*.po',
])
/** The messages of all features' labels. */
export const LABELS = 'locales/labels'
/** The messages of all features' errors. */
export const ERRORS = 'locales/errors'
/** The folders whose messages are shown: what all share, and what was asked for. */
const spoken = new Set(['locales'])
const loaded = new Set<string>()

/** `needed`: the folder without which one cannot go on; where another one does not come through, its page says so. */
async function loadAll(locale: Language, needed: string): Promise<void> {
  const missing = [...spoken].map((folder) => `../${folder}/${locale}.po`).filter((file) => !loaded.has(file))
  await Promise.all(
    missing.map(async (file) => {
      try {
        const catalogue = await catalogues[file]?.()
        if (catalogue) i18n.load(locale, catalogue.messages)
        loaded.add(file)
      } catch (error) {
        if (file === `../${needed}/${locale}.po`) throw error
      }
    }),
  )
}

/** Speak the language from now on, in all parts of the app that are loaded. */
export async function activate(chosen: Language): Promise<void> {
  await loadAll(chosen, 'locales')
  if (i18n.locale !== chosen) i18n.activate(chosen)
  document.documentElement.lang = chosen
  localStorage.setItem(KEPT, chosen)
}

/** Have the messages of another folder (`features/needs/locales`) ready; the language may change meanwhile. */
export async function speak(folder: string): Promise<void> {
  spoken.add(folder)
  for (let ready: Language | undefined; ready !== language(); ) {
    ready = language()
    await loadAll(ready, folder)
  }
}

/** The text in the app's language, else in the first of Finnish, Swedish, English that there is, and which it is. */
export function inLanguage(texts: Texts | null | undefined): { text: string; lang: string } {
  const order = [language(), ...LANGUAGES, ...Object.keys(texts ?? {})]
  const lang = order.find((one) => texts?.[one])
  return lang === undefined ? { text: '', lang: language() } : { text: texts?.[lang] ?? '', lang }
}

export const textOf = (texts: Texts | null | undefined) => inLanguage(texts).text
