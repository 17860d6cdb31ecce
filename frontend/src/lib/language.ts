import { i18n } from '@lingui/core'
import type { Schemas } from '../api/client'

export const LANGUAGES = ['fi', 'sv', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** A text in several languages, as the API gives it. */
export type Texts = { [language: string]: string }
export type UiLanguage = Schemas['UiLanguage']

const KEPT = 'puumerkki.language'

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)

/** The language in which the app speaks now; it stands in the address. */
export const language = () => (isLanguage(i18n.locale) ? i18n.locale : 'fi')

/** For addresses without a language: what was chosen before, else what the browser asks for, else Finnish. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (isLanguage(kept)) return kept
  return navigator.languages.map((one) => one.slice(0, 2)).find(isLanguage) ?? 'fi'
}

const catalogs = {
  fi: () => import('./messages.fi'),
  sv: () => import('./messages.sv'),
  en: () => import('./messages.en'),
}

export async function activate(chosen: Language): Promise<void> {
  if (i18n.locale !== chosen) {
    const { messages } = await catalogs[chosen]()
    i18n.loadAndActivate({ locale: chosen, messages })
  }
  document.documentElement.lang = chosen
  localStorage.setItem(KEPT, chosen)
}

/** The text in the app's language, else in the first of Finnish, Swedish, English that there is, and which it is. */
export function inLanguage(texts: Texts | null | undefined): { text: string; lang: string } {
  const order = [language(), ...LANGUAGES, ...Object.keys(texts ?? {})]
  const lang = order.find((one) => texts?.[one])
  return lang === undefined ? { text: '', lang: language() } : { text: texts?.[lang] ?? '', lang }
}

export const textOf = (texts: Texts | null | undefined) => inLanguage(texts).text
