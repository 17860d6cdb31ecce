import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { AgreementStatus } from '../../../ui/AgreementStatus'
import { Row, Rows } from '../../../ui/Cards'
import { EndorsementStatus, useEndorsementTime } from '../../../ui/EndorsementStatus'
import { Empty } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { Texts } from '../../../ui/Texts'

/** The networks of which an organisation is an active member. */
export function Networks({ organisation }: { organisation: string }) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/networks',
    { params: { query: { member: organisation } } },
    byCursor,
  )
  return (
    <section>
      <Heading variant="h2">{t`Networks`}</Heading>
      <PagedList query={list} empty={<Empty>{t`It is a member of no network.`}</Empty>}>
        {(networks) => (
          <Rows>
            {networks.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`networks/${one.id}`}>
                    <Texts of={one.names} />
                  </Link>
                }
                meta={[t(enumLabels.NetworkKind[one.kind])]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}

/** The endorsements on applications of an organisation. */
export function Endorsements({ organisation }: { organisation: string }) {
  const { t } = useLingui()
  const timeOf = useEndorsementTime()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/endorsements',
    { params: { query: { applicant: organisation } } },
    byCursor,
  )
  return (
    <section>
      <Heading variant="h2">{t`Puumerkki on its applications`}</Heading>
      <PagedList query={list} empty={<Empty>{t`No network has put its puumerkki on its applications.`}</Empty>}>
        {(endorsements) => (
          <Rows>
            {endorsements.map((endorsement) => (
              <Row
                key={endorsement.id}
                head={
                  <Link to={`endorsements/${endorsement.number}`}>
                    {endorsement.number} – {endorsement.title}
                  </Link>
                }
                status={<EndorsementStatus endorsement={endorsement} />}
                meta={[timeOf(endorsement)]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}

/** The agreements of an organisation that everybody may see; nothing where there are none. */
export function Agreements({ organisation }: { organisation: string }) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/agreements/public',
    { params: { query: { organisation } } },
    byCursor,
  )
  if (!list.data?.pages[0]?.items.length) return null
  return (
    <section>
      <Heading variant="h2">{t`Agreements`}</Heading>
      <PagedList query={list} empty={null}>
        {(agreements) => (
          <Rows>
            {agreements.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`agreements/public/${one.id}`}>
                    <span lang={one.language}>{one.title}</span>
                  </Link>
                }
                status={<AgreementStatus of={{ state: 'in_force', starts_on: one.starts_on }} />}
                meta={[
                  t(enumLabels.AgreementKind[one.kind]),
                  `${formatDay(one.starts_on)} – ${formatDay(one.ends_on)}`,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}
