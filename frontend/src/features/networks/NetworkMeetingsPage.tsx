import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { toneOf } from '../../lib/tones'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { StatusTag } from '../../ui/StatusTag'
import { type Network, NetworkFrame, OnlyForItsPeople } from './components/NetworkFrame'
import { Section } from './components/Section'
import { PlanMeeting } from './work/PlanMeeting'
import styles from './work/Work.module.css'

export default function NetworkMeetingsPage() {
  return (
    <NetworkFrame>
      {(network, part) => (part.reads ? <Meetings network={network} plans={part.records} /> : <OnlyForItsPeople />)}
    </NetworkFrame>
  )
}

function Meetings({ network, plans }: { network: Network; plans: boolean }) {
  const { t } = useLingui()
  const [planning, setPlanning] = useState(false)
  const [filters, change] = useFilters<'state'>()
  const asked = { network: network.id, state: filters.state as Schemas['MeetingState'] | undefined }
  const list = query.useInfiniteQuery('get', '/api/v1/meetings', { params: { query: asked } }, byCursor)
  return (
    <Section title={t`Meetings`}>
      {plans && network.state !== 'closed' && (
        <div className={styles.views}>
          <Button onClick={() => setPlanning(true)}>{t`Plan a meeting`}</Button>
        </div>
      )}
      <Filters label={t`Choose meetings`}>
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.MeetingState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ state: value })}
        />
      </Filters>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/meetings/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`No meeting here. Whoever leads the network or keeps its records plans the meetings.`}</Empty>}
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={<Link to={`meetings/${one.id}`}>{one.title}</Link>}
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.MeetingState[one.state])}</StatusTag>}
                meta={[t(enumLabels.MeetingKind[one.kind]), formatMoment(one.starts_at), one.place]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
      <Dialog open={planning} title={t`Plan a meeting`} onClose={() => setPlanning(false)}>
        <PlanMeeting networkId={network.id} close={() => setPlanning(false)} />
      </Dialog>
    </Section>
  )
}
