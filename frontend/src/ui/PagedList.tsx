import { Plural, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Answer, FileFormat } from '../lib/download'
import { DownloadList } from './DownloadList'
import { Failure, Skeleton } from './Feedback'

export interface Paged<T> {
  data: { pages: { items: T[]; next_cursor?: string | null }[] } | undefined
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

/** What `useInfiniteQuery` needs to follow the API's cursors. */
export const byCursor = {
  pageParamName: 'cursor',
  initialPageParam: null as string | null,
  getNextPageParam: (last: { next_cursor?: string | null }) => last.next_cursor ?? undefined,
}

/** A list that grows by the page, with how many are shown; `empty` where there is nothing, `file` gets all of it. */
export function PagedList<T>({
  query,
  empty,
  file,
  children,
}: {
  query: Paged<T>
  empty: ReactNode
  file?: (format: FileFormat) => Answer
  children: (items: T[]) => ReactNode
}) {
  const { t } = useLingui()
  if (query.data === undefined)
    return query.error ? <Failure error={query.error} retry={() => query.refetch()} /> : <Skeleton lines={6} />
  const items = query.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return empty
  return (
    <>
      {children(items)}
      <p role="status">
        <Plural value={items.length} one="# shown" other="# shown" />
      </p>
      {query.hasNextPage && (
        <Button
          variant="secondary"
          aria-disabled={query.isFetchingNextPage}
          onClick={() => !query.isFetchingNextPage && query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? t`Loading` : t`Show more`}
        </Button>
      )}
      {query.error ? <Failure error={query.error} retry={() => query.fetchNextPage()} /> : null}
      {file && <DownloadList fetch={file} />}
    </>
  )
}
