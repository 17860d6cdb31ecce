import { keptFor } from '../api/session'

/**
 * Words that were typed and not saved yet, on this device: by person, page and form. They go when they are saved or
 * thrown away, when the person signs out, and after two weeks. Another tab's words are that tab's until it is closed.
 */
export type Values = Record<string, unknown>

/** What was typed, and what stood in its place when that began. */
export interface Kept {
  at: number
  values: Values
  base: Values
}

export interface Offer extends Kept {
  key: string
}

const DAYS = 14
/** Characters of one form's words, at most. */
const LARGEST = 200_000
const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('')
/** This page, from its loading until it is closed. */
const PAGE = newId()
/** Begins what no open page writes any more. */
const LEFT = '~'
const lockOf = (page: string) => `puumerkki.page.${page}`
const places = new Set<string>()
let held = false

/** Held until the page is closed, in whatever way: others learn by it whose words nobody writes any more. */
function holdPage(): void {
  if (held || !('locks' in navigator)) return
  held = true
  void navigator.locks.request(lockOf(PAGE), () => new Promise(() => undefined))
}

/** Resolves when a page is not there any more; at once where browsers cannot tell. */
async function closed(page: string, signal: AbortSignal): Promise<void> {
  if (page.startsWith(LEFT) || !('locks' in navigator)) return
  await navigator.locks.request(lockOf(page), { signal }, () => undefined)
}

function read(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '') as Kept
    if (kept.at > Date.now() - DAYS * 24 * 3_600_000) return kept
  } catch {
    // what cannot be read is no words
  }
  localStorage.removeItem(key)
  return undefined
}

const keysFrom = (start: string) => Object.keys(localStorage).filter((key) => key.startsWith(start))

/** What a person has not saved on this device. */
export const keptBy = (who: string) => keysFrom(`${keptFor(who)}words.`).filter((key) => read(key) !== undefined)

/** What is too long, or finds no room on the device, leaves the words of a moment before. */
function store(key: string, kept: Kept): void {
  const text = JSON.stringify(kept)
  if (text.length > LARGEST) return
  try {
    localStorage.setItem(key, text)
  } catch {
    // browsers give only so much room, and some none
  }
}

/** One form's words, while it is on the page. */
export class Keeping {
  private readonly place: string
  private readonly start: string
  private key: string
  private readonly stop = new AbortController()

  constructor(who: string, place: string, offered: (offer: Offer) => void) {
    let free = place
    for (let again = 2; places.has(free); again++) free = `${place}#${again}`
    places.add(free)
    this.place = free
    this.start = `${keptFor(who)}words.${free}|`
    this.key = this.start + PAGE
    for (const key of keysFrom(this.start)) {
      if (key === this.key) continue
      const waited = closed(key.slice(this.start.length), this.stop.signal)
      waited.then(
        () => {
          const kept = this.stop.signal.aborted ? undefined : read(key)
          if (kept) offered({ ...kept, key })
        },
        () => undefined,
      )
    }
  }

  write(values: Values, base: Values): void {
    if (Object.keys(values).length === 0) this.clear()
    else {
      holdPage()
      store(this.key, { at: Date.now(), values, base })
    }
  }

  clear(): void {
    localStorage.removeItem(this.key)
  }

  /** The form leaves the page: what it has not saved is offered when it comes again. */
  leave(): void {
    this.stop.abort()
    places.delete(this.place)
    const kept = read(this.key)
    this.clear()
    this.key = `${this.start}${LEFT}${newId()}`
    if (kept) store(this.key, kept)
  }
}

export const drop = (offer: Offer) => localStorage.removeItem(offer.key)

/** The page without its language, which may change. */
export const pagePath = () => window.location.pathname.replace(/^\/(fi|sv|en)(?=\/|$)/, '')
