import type { QueryClient } from '@tanstack/react-query'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { api, type Schemas } from '../api/client'
import { apiAddress } from '../api/config'
import { currentToken, signedIn, tokenExpires } from '../api/session'

type FeedEvent = Schemas['EventPublic']

const POLL_MS = 20_000
const AGAIN_MS = [1000, 2000, 5000, 10_000, 20_000]

/**
 * The first path segments whose answers an event may change, by its subject's kind and by the first word of its type:
 * the subject of `comment.added` is what the comment is on.
 */
const SEGMENTS: Record<string, string[]> = {
  application: ['applications', 'handlings', 'partner-requests', 'filings', 'tasks'],
  handling: ['handlings', 'applications', 'partner-requests', 'tasks'],
  ballot: ['handlings', 'tasks'],
  endorsement: ['endorsements', 'applications', 'handlings', 'partner-requests'],
  partner_request: ['partner-requests', 'applications', 'tasks'],
  filing: ['filings', 'applications'],
  comment: ['comments'],
  point: ['points', 'comments', 'tasks'],
  attachment: ['attachments'],
  organisation: ['organisations'],
  network: ['networks'],
  network_member: ['networks', 'tasks'],
  rulebook: ['networks', 'tasks'],
  need: ['needs'],
  meeting: ['meetings'],
  call: ['calls'],
  gate_policy: ['gate-policies'],
}

/** Ask again for what an event may have changed; only what a page shows now is fetched at once. */
export function invalidate(queries: QueryClient, events: Pick<FeedEvent, 'subject' | 'type'>[]): void {
  const words = events.flatMap(({ subject, type }) => [subject.kind, type.split('.')[0] ?? ''])
  const touched = new Set(words.flatMap((word) => SEGMENTS[word] ?? []))
  if (touched.size > 0) void refresh(queries, [...touched])
}

/** Ask anew for what begins with one of the path segments; done when what is shown now has come. */
export function refresh(queries: QueryClient, segments: string[]): Promise<void> {
  const stale = new Set(segments)
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && stale.has(queryKey[1].split('/')[3] ?? ''),
  })
}

/** Follow the feed until `stop`: by server-sent events, by asking now and then where these do not come through. */
export async function follow(queries: QueryClient, stop: AbortSignal): Promise<void> {
  let last: string | null = null
  let failures = 0
  while (!stop.aborted && signedIn()) {
    try {
      for await (const { id, event, data } of stream(last, stop)) {
        failures = 0
        if (id) last = id
        if (event === 'reset') {
          last = null
          await queries.invalidateQueries()
        } else if (data) invalidate(queries, [JSON.parse(data) as FeedEvent])
      }
    } catch {
      failures += 1
      if (failures > 2) await poll(queries)
    }
    await pause(failures > 2 ? POLL_MS : (AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? POLL_MS), stop)
  }
}

async function* stream(last: string | null, stop: AbortSignal) {
  const token = await currentToken()
  const headers: Record<string, string> = { Accept: 'text/event-stream', Authorization: `Bearer ${token}` }
  if (last !== null) headers['Last-Event-ID'] = last
  const answer = await fetch(`${apiAddress()}/api/v1/events/stream`, {
    headers,
    signal: AbortSignal.any([stop, AbortSignal.timeout(Math.max(1000, tokenExpires() - Date.now()))]),
  })
  if (!answer.ok || answer.body === null) throw new Error(`stream ${answer.status}`)
  const reader = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

async function poll(queries: QueryClient): Promise<void> {
  const { response } = await api.GET('/api/v1/health')
  if (response.ok) await queries.invalidateQueries({ type: 'active' })
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, ms)
    stop.addEventListener('abort', () => {
      window.clearTimeout(timer)
      resolve()
    })
  })
}
