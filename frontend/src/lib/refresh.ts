import type { QueryClient } from '@tanstack/react-query'

/** What comes next follows from all that can change. */
const NEXT = 'next'

/** Ask anew for what begins with one of the path segments; done when what is shown now has come. */
export function refresh(queries: QueryClient, segments: string[]): Promise<void> {
  const stale = new Set(segments.length > 0 ? [...segments, NEXT] : [])
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && stale.has(queryKey[1].split('/')[3] ?? ''),
  })
}
