import { useLingui } from '@lingui/react/macro'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { scopesOf, useMe } from '../../lib/me'
import { useMunicipalities } from '../../lib/municipalities'
import { toneOf } from '../../lib/tones'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { byCursor, PagedList } from '../../ui/PagedList'
import { StatusTag } from '../../ui/StatusTag'
import { type Network, NetworkFrame } from './components/NetworkFrame'
import { Section } from './components/Section'

export default function NetworkNeedsPage() {
  return <NetworkFrame>{(network, part) => <Needs network={network} raises={part.speaks} />}</NetworkFrame>
}

function Needs({ network, raises }: { network: Network; raises: boolean }) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'state'>()
  const municipalities = useMunicipalities()
  const asked = { network: network.id, state: filters.state as Schemas['NeedState'] | undefined }
  const list = query.useInfiniteQuery('get', '/api/v1/needs', { params: { query: asked } }, byCursor)
  const me = useMe()
  const imports = scopesOf(me, 'network', 'needs:agree').includes(network.id)
  const open = network.state !== 'closed'
  const raise = open && (raises || imports) && (
    <Links>
      {raises && <Link to={`needs/new?network=${network.id}`}>{t`Raise a need`}</Link>}
      {imports && <Link to={`imports/new?kind=needs&network=${network.id}`}>{t`Import from a file`}</Link>}
    </Links>
  )
  return (
    <Section title={t`Needs`}>
      {raise}
      <Filters label={t`Choose needs`}>
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.NeedState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ state: value })}
        />
      </Filters>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/needs/export.{file_format}', asFile(format, asked))}
        empty={
          <Empty>{t`No need here yet. The network's people raise what they see in the area; it agrees on them together.`}</Empty>
        }
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={<Link to={`needs/${one.id}`}>{one.title}</Link>}
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.NeedState[one.state])}</StatusTag>}
                meta={[municipalities.name(one.municipality_code), formatDay(one.agreed_at ?? one.created_at)]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Section>
  )
}
