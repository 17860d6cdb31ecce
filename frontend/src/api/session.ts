import { apiAddress } from './config'
import type { components } from './schema'

/**
 * Who is signed in. The access token lives in this page's memory only; the cookie that renews it is out of reach of
 * scripts. All tabs share one lock, so that a token is renewed by one of them at a time. Whose page it is stays when the
 * session ends: the same person signs in on top of it; for another person the page is left for a fresh one.
 */
type Listener = () => void
export type SessionAnswer = components['schemas']['SessionAnswer']

/** Kept on the device while somebody is signed in: the person's id. */
const HINT = 'puumerkki.signed-in'
/** Written for a moment by the tab in which somebody signs out: the person's id. */
const OUT = 'puumerkki.signed-out'
let token: string | null = null
let expires = 0
let owner: string | null = null
let end = { at: Number.POSITIVE_INFINITY, forGood: false }
/** Whether whoever is to sign in again has closed the window for it. */
let dismissed = false
const listeners = new Set<Listener>()
const waiting = new Set<(back: boolean) => void>()

/** How the names begin under which something of a person is kept on the device, until they sign out there. */
export const keptFor = (who: string) => `puumerkki.of.${who}.`

export const signedIn = () => token !== null
/** Until when the token holds, in milliseconds since 1970. */
export const tokenExpires = () => expires
/** Whose page this is, also when the session has ended; null for nobody's. */
export const person = () => owner
/** The session that the page began with is over. */
export const ended = () => owner !== null && token === null
/** Whether one should be asked to sign in on top of the page. */
export const wanted = () => ended() && !dismissed
/** Somebody was signed in here, and the server has not answered whether they still are. */
export const unsure = () => owner === null && localStorage.getItem(HINT) !== null

/**
 * When the session ends if nothing happens, in milliseconds by this device's clock, reckoned from the seconds that the
 * server told. `forGood`: only a new sign-in helps, not use.
 */
export const sessionEnd = () => end

export function subscribe(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Begin a session on a page that is nobody's yet, or is about to be left. */
export function begin(answer: SessionAnswer): void {
  owner = answer.person_id
  token = answer.access_token
  expires = Date.now() + answer.expires_in * 1000
  const left = Math.min(answer.unused_ends_in, answer.ends_in)
  end = { at: Date.now() + left * 1000, forGood: answer.ends_in <= left }
  dismissed = false
  localStorage.setItem(HINT, owner)
  tell()
  settle(true)
}

/** Go on with a session; false where it is another person's: then the page is on its way out. */
export function keep(answer: SessionAnswer): boolean {
  if (owner !== null && owner !== answer.person_id) {
    localStorage.setItem(HINT, answer.person_id)
    leave(() => window.location.reload())
    return false
  }
  begin(answer)
  return true
}

/** Go away without a question about what is not saved. */
export function leave(go: () => void): void {
  window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  go()
}

function forget(): void {
  token = null
  expires = 0
  end = { at: Number.POSITIVE_INFINITY, forGood: false }
  dismissed = false
  localStorage.removeItem(HINT)
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function settle(back: boolean): void {
  for (const one of waiting) one(back)
  waiting.clear()
}

/** Whoever was to sign in again does not want to now. */
export function giveUp(): void {
  dismissed = true
  tell()
  settle(false)
}

/** Resolves when the same person is signed in again, to false where they do not want to. `urgent`: it is asked anew. */
export async function signedInAgain(urgent: boolean): Promise<boolean> {
  if (!ended() || (dismissed && !urgent)) return signedIn()
  dismissed = false
  tell()
  return new Promise((resolve) => waiting.add(resolve))
}

const post = (path: string) =>
  fetch(`${apiAddress()}/api/v1/auth/${path}`, {
    method: 'POST',
    credentials: 'include',
    headers: { 'X-Puumerkki': '1' },
  })

let renewing: Promise<boolean> | null = null

/** Get a new access token by the cookie; false where there is no session any more. */
export function renew(): Promise<boolean> {
  renewing ??= locked(async () => {
    const answer = await post('refresh')
    if (answer.ok) return keep((await answer.json()) as SessionAnswer)
    if (answer.status < 500 && answer.status !== 429) forget()
    return false
  }).finally(() => {
    renewing = null
  })
  return renewing
}

async function locked<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  return await navigator.locks.request('puumerkki.session', () => work())
}

const AGAIN_MS = 5000

/** On start: whoever signed in here before is signed in again, without a request for those who never did. */
export async function restore(): Promise<void> {
  if (!unsure()) return
  await renew().catch(() => false)
  if (!unsure()) return
  const timer = window.setInterval(() => {
    if (!unsure()) window.clearInterval(timer)
    else void renew().catch(() => false)
  }, AGAIN_MS)
}

/** Signing in or out in one tab does so in all; what was on another person's page is not shown any more. */
window.addEventListener('storage', ({ key, newValue }) => {
  if (key === OUT && newValue !== null && newValue === owner) leave(() => window.location.assign('/'))
  if (key !== HINT) return
  if (newValue === null) forget()
  else if (!signedIn() || newValue !== owner) void renew().catch(() => false)
})

export async function signOut(): Promise<void> {
  await locked(() => post('logout')).catch(() => undefined)
  close()
}

/** The session has ended by the person's own wish: nothing of theirs stays on the device, in no tab. */
export function close(): void {
  if (owner !== null) {
    for (const key of Object.keys(localStorage)) if (key.startsWith(keptFor(owner))) localStorage.removeItem(key)
    localStorage.setItem(OUT, owner)
    localStorage.removeItem(OUT)
  }
  owner = null
  forget()
  settle(false)
}

/** The token for a request, renewed shortly before it ends. */
export async function currentToken(): Promise<string | null> {
  if (token !== null && Date.now() > expires - 30_000) await renew().catch(() => false)
  return token
}
