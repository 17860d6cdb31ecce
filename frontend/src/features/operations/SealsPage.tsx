import { Trans, useLingui } from '@lingui/react/macro'
import { query } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { Row, Rows } from '../../ui/Cards'
import { Facts } from '../../ui/Facts'
import { Empty } from '../../ui/Feedback'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Operation } from './components/Operation'

export default function SealsPage() {
  const { t } = useLingui()
  const list = query.useInfiniteQuery('get', '/api/v1/event-seals', {}, byCursor)
  return (
    <Operation
      title={t`Seals of the event log`}
      lead={
        <Trans>
          Keep a signed head outside the service: <code>puumerkki audit verify --head …</code> then shows whether
          anything before it was changed.
        </Trans>
      }
    >
      <PagedList query={list} empty={<Empty>{t`Nothing has been sealed yet. The worker seals by itself.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.number}
                head={t`Seal ${one.number}`}
                status={formatMoment(one.sealed_at)}
                meta={[t`events ${one.first_position}–${one.last_position}`, t`key ${one.kid}`]}
              >
                <div style={{ overflowWrap: 'anywhere' }}>
                  <Facts
                    facts={[
                      [t`Digest`, <code key="digest">{one.digest}</code>],
                      [t`Signed head`, <code key="head">{one.head}</code>],
                    ]}
                  />
                </div>
              </Row>
            ))}
          </Rows>
        )}
      </PagedList>
    </Operation>
  )
}
