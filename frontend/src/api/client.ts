import { QueryClient } from '@tanstack/react-query'
import createFetchClient, { type Middleware } from 'openapi-fetch'
import createQueryHooks from 'openapi-react-query'
import { apiAddress } from './config'
import type { components, paths } from './schema'
import { currentToken, ended, renew, signedInAgain } from './session'

export type Schemas = components['schemas']
export type Problem = Schemas['Problem']

/** What the API answered instead of what was asked for; `problem.code` is stable. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title)
  }
}

/** The problem behind whatever was thrown; a broken connection is one, too. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  if (error !== null && typeof error === 'object' && 'code' in error && 'status' in error) return error as Problem
  return { type: 'about:blank', title: 'No connection', status: 0, code: 'no_connection', detail: null, errors: null }
}

const KEY = 'Idempotency-Key'

/** The keys of what was sent and never answered, by what it is: sent once more it is known by the server, and done once. */
const unanswered = new Map<string, string>()

/** What begins a session, and waits for none. */
const BEGINS = /^\/api\/v1\/(auth\/|invitations\/accept$)/

/**
 * One request in the name of whoever's page it is. Where the session has ended it waits until the same person has signed
 * in on top of the page, and is then sent once more as it was, its key included.
 */
async function send(request: Request): Promise<Response> {
  const { method, signal, credentials } = request
  const url = new URL(request.url.slice(window.location.origin.length), apiAddress() || window.location.origin)
  const headers = new Headers(request.headers)
  const reads = ['GET', 'HEAD'].includes(method)
  // whole: a request made of another one would stream its body, which browsers do over HTTP/2 only
  const content = reads ? undefined : await request.arrayBuffer()
  const body = content?.byteLength ? content : undefined
  const what = `${method} ${url} ${new TextDecoder().decode(content)}`
  const attempt = async (token: string | null) => {
    if (token !== null) headers.set('Authorization', `Bearer ${token}`)
    const key = unanswered.get(what) ?? headers.get(KEY)
    if (key !== null) {
      headers.set(KEY, key)
      unanswered.set(what, key)
    }
    const answer = await fetch(url, { method, headers, body, signal, credentials })
    unanswered.delete(what)
    return answer
  }
  let token = await currentToken()
  if (BEGINS.test(url.pathname)) return attempt(token)
  if (ended() && (await signedInAgain(!reads))) token = await currentToken()
  const answer = await attempt(token)
  if (answer.status !== 401 || token === null) return answer
  const back = (await renew().catch(() => false)) || (await signedInAgain(!reads))
  return back ? attempt(await currentToken()) : answer
}

/** A key nobody used before; `crypto.randomUUID` is there only on pages with TLS. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-')

const keys: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has(KEY)) request.headers.set(KEY, newKey())
    return request
  },
  async onResponse({ response }) {
    const kind = response.headers.get('content-type') ?? ''
    if (!response.ok && !kind.includes('json'))
      throw new ApiError({
        type: 'about:blank',
        title: response.statusText,
        status: response.status,
        code: 'no_connection',
        detail: null,
        errors: null,
      })
  },
}

const baseUrl = window.location.origin

/** The typed client: paths, parameters and answers come from the API's description. */
export const api = createFetchClient<paths>({ baseUrl, fetch: send })
api.use(keys)

/** The same as hooks of the query library; keys are made of method, path and parameters. */
export const query = createQueryHooks(api)

/** The answer's data, or an `ApiError`. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call
  if (error !== undefined) throw new ApiError(problemOf(error))
  return data as T
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // long enough for the server to be started anew
      retry: (count, error) => count < 3 && [0, 502, 503, 504].includes(problemOf(error).status),
    },
  },
})
