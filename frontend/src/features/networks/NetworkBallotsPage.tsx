import { useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../api/client'
import { formatEnd, formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { NetworkFrame, OnlyForItsPeople } from './components/NetworkFrame'
import { Section } from './components/Section'

export default function NetworkBallotsPage() {
  const { t } = useLingui()
  return (
    <NetworkFrame>
      {(network, part) =>
        part.reads ? (
          <Section title={t`Open ballots`}>
            <Ballots networkId={network.id} />
          </Section>
        ) : (
          <OnlyForItsPeople />
        )
      }
    </NetworkFrame>
  )
}

function Ballots({ networkId }: { networkId: string }) {
  const { t } = useLingui()
  const asked = { network: networkId, state: ['in_ballot' as const] }
  const list = query.useInfiniteQuery('get', '/api/v1/handlings', { params: { query: asked } }, byCursor)
  return (
    <PagedList
      query={list}
      empty={<Empty>{t`No ballot is open. The coordinator opens one when an application has been read.`}</Empty>}
    >
      {(items) => (
        <Rows>
          {items.map((one) => (
            <BallotRow key={one.id} item={one} />
          ))}
        </Rows>
      )}
    </PagedList>
  )
}

function BallotRow({ item }: { item: Schemas['HandlingItem'] }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/handlings/{handling_id}/ballot', {
    params: { path: { handling_id: item.id } },
  })
  const ballot = found.data
  return (
    <Row
      head={<Link to={`handlings/${item.id}`}>{item.title}</Link>}
      meta={
        ballot && [
          ballot.state === 'open'
            ? t`closes ${formatEnd(ballot.closes_at)}`
            : t`closed ${formatMoment(ballot.closed_at)}`,
          t`votes cast: ${ballot.turnout} of ${ballot.electorate}`,
          t(enumLabels.DecisionMethod[ballot.rule.method]),
        ]
      }
    />
  )
}
