import { apiAddress } from './config'

/**
 * Who is signed in. The access token lives in this page's memory only; the cookie that renews it is out of reach of
 * scripts. All tabs share one lock, so that a token is renewed by one of them at a time.
 */
type Listener = () => void

const HINT = 'puumerkki.signed-in'
let token: string | null = null
let expires = 0
const listeners = new Set<Listener>()

export const signedIn = () => token !== null
/** Until when the token holds, in milliseconds since 1970. */
export const tokenExpires = () => expires

export function subscribe(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export interface TokenAnswer {
  access_token: string
  expires_in: number
}

export function keep(answer: TokenAnswer): void {
  token = answer.access_token
  expires = Date.now() + answer.expires_in * 1000
  localStorage.setItem(HINT, '1')
  tell()
}

export function forget(): void {
  token = null
  expires = 0
  localStorage.removeItem(HINT)
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
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
    if (answer.ok) keep((await answer.json()) as TokenAnswer)
    else if (answer.status < 500 && answer.status !== 429) forget()
    return answer.ok
  }).finally(() => {
    renewing = null
  })
  return renewing
}

async function locked<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  return await navigator.locks.request('puumerkki.session', () => work())
}

/** On start: whoever signed in here before is signed in again, without a request for those who never did. */
export async function restore(): Promise<void> {
  if (localStorage.getItem(HINT) === null) return
  await renew().catch(() => false)
}

/** Signing in or out in one tab does so in all. */
window.addEventListener('storage', ({ key, newValue }) => {
  if (key !== HINT) return
  if (newValue === null) forget()
  else if (!signedIn()) void renew().catch(() => false)
})

export async function signOut(): Promise<void> {
  await locked(() => post('logout')).catch(() => undefined)
  forget()
}

/** The token for a request, renewed shortly before it ends. */
export async function currentToken(): Promise<string | null> {
  if (token !== null && Date.now() > expires - 30_000) await renew().catch(() => false)
  return token
}
