import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query } from '../../../api/client'
import { formatEnd } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { Follow } from '../../../ui/Follow'
import { Link } from '../../../ui/Link'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'

/** The calls of an organisation that has some, and the way to hear of the next. */
export function Calls({ organisation }: { organisation: string }) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/calls',
    { params: { query: { funder: organisation, sort: '-closes_at' } } },
    byCursor,
  )
  if (!list.data?.pages[0]?.items.length) return null
  return (
    <section>
      <Heading variant="h2">{t`Calls`}</Heading>
      <Follow kind="organisation" id={organisation} />
      <PagedList query={list} empty={null}>
        {(calls) => (
          <Rows>
            {calls.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`calls/${one.id}`}>
                    <Texts of={one.names} />
                  </Link>
                }
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.CallState[one.state])}</StatusTag>}
                meta={[`${t`Closes`}: ${formatEnd(one.closes_at)}`]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}
