import { Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../../api/client'
import { marked, waits } from '../../../lib/gate'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { CaseStatus } from '../../../ui/CaseStatus'
import { EndorsementStatus, useMarkTime } from '../../../ui/EndorsementStatus'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'

type Application = Schemas['ApplicationPublic']
type Mark = Schemas['EndorsementPublic']

/** Where the application stands with each network and authority. */
export function StatusPanel({ application }: { application: Application }) {
  const { t } = useLingui()
  const asked = { params: { query: { application: application.id } } }
  const marks = query.useQuery('get', '/api/v1/endorsements', asked).data?.items
  return (
    <>
      <Section title={t`Networks`}>
        {application.networks.length === 0 ? (
          <p>
            <Trans>No network has been asked for its puumerkki.</Trans>
          </p>
        ) : (
          <Rows>
            {application.networks.map((one) => (
              <Network key={one.network_id} network={one} marks={marks ?? []} />
            ))}
          </Rows>
        )}
      </Section>
      <Section title={t`Authorities`}>
        {application.authorities.length === 0 ? (
          <p>
            <Trans>No authority has been asked to be a partner.</Trans>
          </p>
        ) : (
          <Rows>
            {application.authorities.map((one) => (
              <Authority key={one.authority_id} authority={one} marks={marks} />
            ))}
          </Rows>
        )}
      </Section>
    </>
  )
}

function Network({ network, marks }: { network: Schemas['ApplicationNetworkPublic']; marks: Mark[] }) {
  const { t } = useLingui()
  const timeOf = useMarkTime()
  const { handling } = network
  const given = marks.filter((mark) => mark.network_id === network.network_id)
  return (
    <Row
      head={
        handling ? (
          <Link to={`handlings/${handling.id}`}>
            <Texts of={network.names} />
          </Link>
        ) : (
          <Link to={`networks/${network.network_id}`}>
            <Texts of={network.names} />
          </Link>
        )
      }
      status={
        handling ? (
          <StatusTag tone={toneOf(handling.state)}>{t(enumLabels.HandlingState[handling.state])}</StatusTag>
        ) : (
          <StatusTag>{t`Not yet submitted`}</StatusTag>
        )
      }
    >
      {given.map((mark) => (
        <p key={mark.id}>
          <Link to={`endorsements/${mark.number}`}>{mark.number}</Link> <EndorsementStatus mark={mark} />{' '}
          {[t`for version ${mark.version_number}`, timeOf(mark)].join(', ')}
        </p>
      ))}
    </Row>
  )
}

function Authority({
  authority,
  marks,
}: {
  authority: Schemas['ApplicationAuthorityPublic']
  marks: Mark[] | undefined
}) {
  const { t } = useLingui()
  const request = authority.partner_request
  const path = { request_id: request?.id ?? '' }
  const found = query.useQuery(
    'get',
    '/api/v1/partner-requests/{request_id}',
    { params: { path } },
    { enabled: request !== null },
  ).data
  return (
    <Row
      head={
        request ? (
          <Link to={`partner-requests/${request.id}`}>
            <Texts of={authority.names} />
          </Link>
        ) : (
          <Texts of={authority.names} />
        )
      }
      status={
        request ? (
          <CaseStatus state={request.state} marked={marked(found?.requirements ?? [])} />
        ) : (
          <StatusTag>{t`Not yet submitted`}</StatusTag>
        )
      }
    >
      {authority.asks && (
        <p>
          <Trans>Asked: {authority.asks}</Trans>
        </p>
      )}
      {marks && <Gate requirements={found?.requirements ?? []} marks={marks} />}
    </Row>
  )
}

/** Each puumerkki that the authority requires before it starts: of each, one of the networks’, or why none. */
function Gate({ requirements, marks }: { requirements: Schemas['RequirementPublic'][]; marks: Mark[] }) {
  const { t } = useLingui()
  if (requirements.length === 0) return null
  return (
    <ul>
      {requirements.map((one) => {
        const given = marks.filter((mark) => one.networks.some((network) => network.endorsement_number === mark.number))
        const networks = one.networks.map((network) => textOf(network.names)).join(', ')
        return (
          <li key={one.id}>
            {given.map((mark) => (
              <div key={mark.id}>
                <Trans>
                  Puumerkki given: <Texts of={mark.network_names} /> – {mark.number}
                </Trans>{' '}
                <EndorsementStatus mark={mark} />
              </div>
            ))}
            {given.length === 0 && waits(one) && (
              <>
                <Trans>Waits for the puumerkki of one of these networks:</Trans> {networks}
              </>
            )}
            {given.length === 0 && !waits(one) && `${networks}: ${t(enumLabels.Standing[one.standing])}`}
          </li>
        )
      })}
    </ul>
  )
}
