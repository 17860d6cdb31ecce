import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { Row, Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { ScopeName } from '../../ui/ScopeName'
import { StatusTag } from '../../ui/StatusTag'
import { AccessForm } from './components/AccessForm'
import { Operation } from './components/Operation'

export default function AccessPage() {
  const { t } = useLingui()
  const [looking, setLooking] = useState(false)
  const list = query.useInfiniteQuery('get', '/api/v1/break-glass', {}, byCursor)
  return (
    <Operation
      title={t`Looks into cases`}
      lead={
        <Trans>
          Operators run the service without seeing its cases. Who must look does so for an hour, with a reason, and it
          stays on record here.
        </Trans>
      }
    >
      <p>
        <Button onClick={() => setLooking(true)}>{t`Look into cases for an hour`}</Button>
      </p>
      <Dialog open={looking} title={t`Look into cases for an hour`} onClose={() => setLooking(false)}>
        <AccessForm done={() => setLooking(false)} />
      </Dialog>
      <PagedList query={list} empty={<Empty>{t`No operator has looked into cases.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Look key={one.id} of={one} />
            ))}
          </Rows>
        )}
      </PagedList>
    </Operation>
  )
}

function Look({ of }: { of: Schemas['BreakGlassPublic'] }) {
  const { t } = useLingui()
  const operator = query.useQuery('get', '/api/v1/users/{user_id}', { params: { path: { user_id: of.operator_id } } })
  const open = new Date(of.expires_at) > new Date()
  return (
    <Row
      head={<ScopeName kind={of.scope_kind} id={of.scope_id} />}
      status={open ? <StatusTag tone="warning">{t`Open until ${formatMoment(of.expires_at)}`}</StatusTag> : undefined}
      meta={[formatMoment(of.created_at)]}
    >
      <p style={{ margin: '4px 0 0' }}>
        <Link to={`audit?actor=${of.operator_id}`}>{operator.data?.name ?? of.operator_id}</Link>: {of.reason}
      </p>
    </Row>
  )
}
