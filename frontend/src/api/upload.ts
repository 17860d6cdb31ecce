import { newKey, type Problem } from './client'
import { apiAddress } from './config'
import { currentToken, renew, signedIn } from './session'

export interface Upload {
  path: '/api/v1/imports' | '/api/v1/attachments'
  query: Record<string, string | boolean | undefined>
  /** The media type that it is sent as. */
  type: string
  file: File
  /** The same for every attempt to send the same file for the same purpose, so that it is taken once. */
  key: string
  /** How many of its bytes are on their way. */
  onProgress: (sent: number) => void
  signal: AbortSignal
}

/** Sends a file from where it lies, and tells how far it is, which `fetch` cannot; the answer as the client gives it. */
export async function upload<T>(of: Upload): Promise<{ data?: T; error?: Problem }> {
  const first = await attempt(of)
  const answer = first.status === 401 && signedIn() && (await renew()) ? await attempt(of) : first
  if (answer.status < 300) return { data: JSON.parse(answer.responseText) as T }
  return { error: refusal(answer) }
}

/** Why a file was not taken; a proxy before the server refuses it in words of its own. */
function refusal(answer: XMLHttpRequest): Problem {
  const { status, statusText: title } = answer
  if (answer.getResponseHeader('content-type')?.includes('json')) return JSON.parse(answer.responseText) as Problem
  return { type: 'about:blank', title, status, code: 'no_connection', detail: null, errors: null }
}

async function attempt({ path, query, type, file, key, onProgress, signal }: Upload): Promise<XMLHttpRequest> {
  const token = await currentToken()
  const url = new URL(path, apiAddress() || window.location.origin)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  const request = new XMLHttpRequest()
  request.open('POST', url)
  if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`)
  request.setRequestHeader('Content-Type', type)
  request.setRequestHeader('Idempotency-Key', key)
  await new Promise<void>((done, fail) => {
    request.upload.onprogress = (event) => onProgress(event.loaded)
    request.onload = () => done()
    request.onerror = () => fail(new Error('no connection'))
    request.onabort = () => fail(signal.reason)
    signal.addEventListener('abort', () => request.abort())
    signal.throwIfAborted()
    request.send(file)
  })
  return request
}

/** Keys of files on their way: a file that is sent again for the same purpose keeps its key. */
export class UploadKeys {
  private readonly keys = new Map<string, string>()

  of(file: File, query: Upload['query']): string {
    const what = JSON.stringify([file.name, file.size, file.lastModified, query])
    const key = this.keys.get(what) ?? newKey()
    this.keys.set(what, key)
    return key
  }

  /** The server has taken it: the next time it is another one. */
  done(key: string): void {
    for (const [what, one] of this.keys) if (one === key) this.keys.delete(what)
  }
}
