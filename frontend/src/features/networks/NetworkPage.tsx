import { useLingui } from '@lingui/react/macro'
import { query } from '../../api/client'
import { useCounties } from '../../lib/counties'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { useMunicipalities } from '../../lib/municipalities'
import { useTargetGroups } from '../../lib/targetGroups'
import { Row, Rows } from '../../ui/Cards'
import { EndorsementStatus } from '../../ui/EndorsementStatus'
import { Facts } from '../../ui/Facts'
import { Empty, Loaded } from '../../ui/Feedback'
import { Follow } from '../../ui/Follow'
import { Link } from '../../ui/Link'
import { Texts } from '../../ui/Texts'
import { Changes } from './components/Changes'
import { type Network, NetworkFrame } from './components/NetworkFrame'
import { Section } from './components/Section'

export default function NetworkPage() {
  return (
    <NetworkFrame>{(network, part) => <Overview network={network} reads={part.reads || part.operates} />}</NetworkFrame>
  )
}

function Overview({ network, reads }: { network: Network; reads: boolean }) {
  const { t } = useLingui()
  const municipalities = useMunicipalities()
  const groups = useTargetGroups()
  const counties = useCounties()
  const area = [
    ...network.municipality_codes.map(municipalities.name),
    ...network.wellbeing_county_codes.map(counties.name),
  ]
  return (
    <>
      {network.goals && (
        <p>
          <Texts of={network.goals} notice />
        </p>
      )}
      <Facts
        facts={[
          [t`Kind`, t(enumLabels.NetworkKind[network.kind])],
          [t`Theme`, network.theme && <Texts of={network.theme} />],
          [t`For whom`, network.target_groups.map(groups.name).join(', ')],
          [t`Area`, area.join(', ')],
          [
            t`Authorities`,
            network.authorities.length > 0 &&
              network.authorities.map((one) => (
                <div key={one.organisation_id}>
                  <Link to={`organisations/${one.organisation_id}`}>
                    <Texts of={one.names} />
                  </Link>
                </div>
              )),
          ],
          [
            t`What it does with applications`,
            network.decides
              ? t`It grants the puumerkki, numbered ${network.prefix ?? ''}.`
              : t`It advises: it gives statements.`,
          ],
          [t`Ends`, network.ends_on && formatDay(network.ends_on)],
          [
            t`Members`,
            <Link key="members" to={`networks/${network.id}/members`}>
              {String(network.active_members)}
            </Link>,
          ],
        ]}
      />
      <Follow kind="network" id={network.id} />
      <Changes network={network} />
      {reads && <Officers network={network} />}
      <AgreedNeeds network={network} />
      {network.decides && <Endorsements network={network} />}
    </>
  )
}

function Officers({ network }: { network: Network }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/networks/{network_id}/officers', {
    params: { path: { network_id: network.id } },
  })
  return (
    <Section title={t`Who leads it`}>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t`Nobody leads this network at present.`}</Empty>
          ) : (
            <Rows>
              {items.map((one) => (
                <Row
                  key={`${one.role}-${one.principal_id}`}
                  head={one.name}
                  meta={[t(enumLabels.Role[one.role]), one.chosen_by && t(enumLabels.ChosenBy[one.chosen_by])]}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Section>
  )
}

function AgreedNeeds({ network }: { network: Network }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/needs', {
    params: { query: { network: network.id, state: 'agreed', limit: 5 } },
  })
  return (
    <Section title={t`Needs agreed`}>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t`The network has agreed on no open need. New projects start from the needs.`}</Empty>
          ) : (
            <Rows>
              {items.map((one) => (
                <Row
                  key={one.id}
                  head={<Link to={`needs/${one.id}`}>{one.title}</Link>}
                  meta={[formatDay(one.agreed_at)]}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <p>
        <Link to={`networks/${network.id}/needs`}>{t`All needs of the network`}</Link>
      </p>
    </Section>
  )
}

function Endorsements({ network }: { network: Network }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/endorsements', { params: { query: { network: network.id, limit: 5 } } })
  return (
    <Section title={t`Latest puumerkki`}>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t`The network has granted no puumerkki yet.`}</Empty>
          ) : (
            <Rows>
              {items.map((one) => (
                <Row
                  key={one.id}
                  head={<Link to={`endorsements/${one.number}`}>{one.title}</Link>}
                  status={<EndorsementStatus endorsement={one} />}
                  meta={[one.number, formatDay(one.issued_at)]}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <p>
        <Link to={`endorsements?network=${network.id}`}>{t`All puumerkki of the network`}</Link>
      </p>
    </Section>
  )
}
