import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client'
import { formatMoment } from '../lib/format'
import { eventText } from '../lib/labels'
import { Empty } from './Feedback'
import { type Paged, PagedList } from './PagedList'
import styles from './Timeline.module.css'

type Happened = Schemas['TimelineEvent']

/** What happened, newest first; `query` is `useInfiniteQuery` of a timeline's path. `about` adds who else it was with. */
export function Timeline({ query, about }: { query: Paged<Happened>; about?: (event: Happened) => ReactNode }) {
  const { t } = useLingui()
  return (
    <PagedList query={query} empty={<Empty>{t`Nothing has happened yet.`}</Empty>}>
      {(events) => (
        <ol className={styles.timeline}>
          {events.map((event) => (
            <li key={event.id}>
              <time dateTime={event.occurred_at}>{formatMoment(event.occurred_at)}</time>
              <span>{t(eventText(event.type))}</span>
              {about?.(event)}
            </li>
          ))}
        </ol>
      )}
    </PagedList>
  )
}
