import type { QueryClient } from '@tanstack/react-query'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { api, type Schemas } from '../api/client'
import { apiAddress } from '../api/config'
import { currentToken, signedIn, tokenExpires } from '../api/session'

type FeedEvent = Schemas['EventPublic']

const AGAIN_MS = [1000, 2000, 5000, 10_000, 20_000]

/**
 * The first path segments whose answers an event may change, by its subject's kind and by the first word of its type:
 * the subject of `comment.added` is what the comment is on.
 */
const SEGMENTS: Record<string, string[]> = {
  agreement: ['agreements', 'tasks'],
  application: ['applications', 'handlings', 'partner-requests', 'filings', 'tasks'],
  handling: ['handlings', 'applications', 'partner-requests', 'tasks'],
  ballot: ['handlings', 'tasks'],
  endorsement: ['endorsements', 'applications', 'handlings', 'partner-requests'],
  partner_request: ['partner-requests', 'applications', 'case-handovers', 'tasks'],
  filing: ['filings', 'applications'],
  report: ['reports', 'tasks'],
  evaluation: ['evaluations'],
  comment: ['comments'],
  point: ['points', 'comments', 'tasks'],
  attachment: ['attachments'],
  organisation: ['organisations', 'tasks'],
  naming: ['namings', 'tasks'],
  glass: ['break-glass'],
  network: ['networks'],
  network_member: ['networks', 'tasks'],
  rulebook: ['networks', 'tasks'],
  need: ['needs'],
  meeting: ['meetings'],
  call: ['calls'],
  gate_policy: ['gate-policies'],
}

/** Ask again for what an event may have changed; only what a page shows now is fetched at once. */
function invalidate(queries: QueryClient, events: Pick<FeedEvent, 'subject' | 'type'>[]): void {
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

/** What is known of the feed from one stream to the next. */
interface Place {
  /** The last event's id. */
  last: string | null
  /** How long the server asked us to stay away before it ended the stream. */
  away: number | null
  /** How often in a row nothing came through. */
  failures: number
}

/**
 * Follow the feed until `stop`: by server-sent events, by asking now and then where these do not come through. Where the
 * server is away, we come back later and later, and go on where we stopped.
 */
export async function follow(queries: QueryClient, stop: AbortSignal): Promise<void> {
  const place: Place = { last: null, away: null, failures: 0 }
  while (!stop.aborted && signedIn()) {
    place.away = null
    try {
      const events = await stream(place, stop)
      if (place.failures > 0)
        void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.error !== null })
      while (true) {
        const { done, value } = await events.read()
        if (done) break
        if (value.event === 'reset') await queries.invalidateQueries()
        else invalidate(queries, [JSON.parse(value.data) as FeedEvent])
      }
    } catch {
      place.failures += 1
      if (place.failures > 2 && !stop.aborted) await poll(queries).catch(() => undefined)
    }
    const wait = place.away ?? AGAIN_MS[Math.min(place.failures, AGAIN_MS.length - 1)] ?? 1000
    // not all at once: many pages lost the same server
    await pause(wait * (1 + Math.random() / 5), stop)
  }
}

async function stream(place: Place, stop: AbortSignal) {
  const token = await currentToken()
  const headers: Record<string, string> = { Accept: 'text/event-stream', Authorization: `Bearer ${token}` }
  if (place.last !== null) headers['Last-Event-ID'] = place.last
  const answer = await fetch(`${apiAddress()}/api/v1/events/stream`, {
    headers,
    signal: AbortSignal.any([stop, AbortSignal.timeout(Math.max(1000, tokenExpires() - Date.now()))]),
  })
  if (!answer.ok || answer.body === null) throw new Error(`stream ${answer.status}`)
  const parser = new EventSourceParserStream({
    onId: (id) => {
      place.last = id
      place.failures = 0
    },
    onRetry: (ms) => {
      place.away = ms
    },
  })
  return answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(parser).getReader()
}

async function poll(queries: QueryClient): Promise<void> {
  const { response } = await api.GET('/api/v1/health/serving')
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
