import { useLingui } from '@lingui/react/macro'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { enumLabels } from '../../lib/labels'
import { scopesOf, useMe } from '../../lib/me'
import { useFilters } from '../../lib/urlState'
import { Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { byCursor, PagedList } from '../../ui/PagedList'
import { type Network, NetworkFrame, type Part } from './components/NetworkFrame'
import { Section } from './components/Section'
import { Joining } from './members/Joining'
import { MemberRow } from './members/MemberRow'
import { Seats } from './members/Seats'

export default function NetworkMembersPage() {
  return (
    <NetworkFrame>
      {(network, part) => (
        <>
          <Members network={network} part={part} />
          {network.kind === 'advisory_board' && <Seats network={network} part={part} />}
        </>
      )}
    </NetworkFrame>
  )
}

function Members({ network, part }: { network: Network; part: Part }) {
  const { t } = useLingui()
  const me = useMe()
  const [filters, change] = useFilters<'state'>()
  const state = filters.state as Schemas['MemberState'] | undefined
  const asked = { state }
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/networks/{network_id}/members',
    { params: { path: { network_id: network.id }, query: asked } },
    byCursor,
  )
  return (
    <Section title={t`Members`}>
      <Joining network={network} part={part} />
      {(part.reads || part.owns.length > 0) && (
        <Filters label={t`Choose members`}>
          <Choose
            label={t`State`}
            any={t`All states`}
            value={filters.state}
            options={Object.entries(enumLabels.MemberState).map(([value, word]) => ({ value, label: t(word) }))}
            onChange={(value) => change({ state: value })}
          />
        </Filters>
      )}
      <Links>
        {network.state !== 'closed' && scopesOf(me, 'network', 'networks:lead').includes(network.id) && (
          <Link to={`imports/new?kind=members&network=${network.id}`}>{t`Import from a file`}</Link>
        )}
        {(part.reads || part.operates) && (
          <Link to={`networks/${network.id}/operators`}>{t`Operators' actions here`}</Link>
        )}
      </Links>
      <PagedList
        query={list}
        file={(format) =>
          api.GET(
            '/api/v1/networks/{network_id}/members/export.{file_format}',
            asFile(format, asked, { network_id: network.id }),
          )
        }
        empty={
          <Empty>{t`No member here. The coordinator invites organisations; an organisation may also ask to join.`}</Empty>
        }
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <MemberRow key={one.id} member={one} part={part} />
            ))}
          </Rows>
        )}
      </PagedList>
    </Section>
  )
}
