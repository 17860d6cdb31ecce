import { Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../../api/client'
import { endorsed, waits } from '../../../lib/gate'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { CaseStatus } from '../../../ui/CaseStatus'
import { EndorsementStatus, useEndorsementTime } from '../../../ui/EndorsementStatus'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'

type Application = Schemas['ApplicationPublic']
type Endorsement = Schemas['EndorsementPublic']

/** Where the application stands with each network and authority. */
export function StatusPanel({ application }: { application: Application }) {
  const { t } = useLingui()
  const asked = { params: { query: { application: application.id } } }
  const endorsements = query.useQuery('get', '/api/v1/endorsements', asked).data?.items
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
              <Network key={one.network_id} network={one} endorsements={endorsements ?? []} />
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
              <Authority key={one.authority_id} authority={one} endorsements={endorsements} />
            ))}
          </Rows>
        )}
      </Section>
    </>
  )
}

function Network({
  network,
  endorsements,
}: {
  network: Schemas['ApplicationNetworkPublic']
  endorsements: Endorsement[]
}) {
  const { t } = useLingui()
  const timeOf = useEndorsementTime()
  const { handling } = network
  const given = endorsements.filter((endorsement) => endorsement.network_id === network.network_id)
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
      {given.map((endorsement) => (
        <p key={endorsement.id}>
          <Link to={`endorsements/${endorsement.number}`}>{endorsement.number}</Link>{' '}
          <EndorsementStatus endorsement={endorsement} />{' '}
          {[t`for version ${endorsement.version_number}`, timeOf(endorsement)].join(', ')}
        </p>
      ))}
    </Row>
  )
}

function Authority({
  authority,
  endorsements,
}: {
  authority: Schemas['ApplicationAuthorityPublic']
  endorsements: Endorsement[] | undefined
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
          <CaseStatus state={request.state} endorsed={endorsed(found?.requirements ?? [])} />
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
      {endorsements && <Gate requirements={found?.requirements ?? []} endorsements={endorsements} />}
    </Row>
  )
}

/** Each puumerkki that the authority requires before it starts: of each, one of the networks’, or why none. */
function Gate({
  requirements,
  endorsements,
}: {
  requirements: Schemas['RequirementPublic'][]
  endorsements: Endorsement[]
}) {
  const { t } = useLingui()
  if (requirements.length === 0) return null
  return (
    <ul>
      {requirements.map((one) => {
        const given = endorsements.filter((endorsement) =>
          one.networks.some((network) => network.endorsement_number === endorsement.number),
        )
        const networks = one.networks.map((network) => textOf(network.names)).join(', ')
        return (
          <li key={one.id}>
            {given.map((endorsement) => (
              <div key={endorsement.id}>
                <Trans>
                  Puumerkki given: <Texts of={endorsement.network_names} /> – {endorsement.number}
                </Trans>{' '}
                <EndorsementStatus endorsement={endorsement} />
              </div>
            ))}
            {given.length === 0 && waits(one) && (
              <>
                <Trans>Waits for the puumerkki of one of these networks:</Trans> {networks}
              </>
            )}
            {given.length === 0 && !waits(one) && `${networks}: ${t(enumLabels.RequirementStatus[one.standing])}`}
          </li>
        )
      })}
    </ul>
  )
}
