import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { textOf } from '../../lib/language'
import { Row, Rows } from '../Cards'
import { Loaded } from '../Feedback'
import { Link } from '../Link'
import { Links } from '../Links'
import { byCursor, PagedList } from '../PagedList'
import { Section } from '../Section'
import { FiguresTable } from './FiguresTable'
import { ReportRows } from './ReportRows'
import { type ReportedOn, searchOf, useParties } from './subject'

/** Reports and evaluations of an agreement or a grant, year by year; nothing before there is anything to report on. */
export function Reported({ on }: { on: ReportedOn }) {
  const { t } = useLingui()
  const parties = useParties(on).data?.items ?? []
  if (parties.length === 0) return null
  const writes = parties.filter((one) => one.writes)
  return (
    <Section title={t`Reports and evaluations`}>
      <Reports on={on} />
      <Sums on={on} />
      <Heading variant="h3">{t`Evaluations`}</Heading>
      <Evaluations on={on} />
      {writes.length > 0 && (
        <Links>
          {writes.some((one) => one.reports) && <Link to={`reports/new?${searchOf(on)}`}>{t`Write a report`}</Link>}
          <Link to={`evaluations?${searchOf(on)}`}>{t`Evaluate a year`}</Link>
        </Links>
      )}
    </Section>
  )
}

function Reports({ on }: { on: ReportedOn }) {
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/reports',
    { params: { query: { subject_kind: on.kind, subject_id: on.id, sort: '-year' } } },
    byCursor,
  )
  const none = (
    <p>
      <Trans>No year has been reported on yet.</Trans>
    </p>
  )
  return (
    <PagedList query={list} empty={none}>
      {(reports) => <ReportRows of={reports} />}
    </PagedList>
  )
}

function Sums({ on }: { on: ReportedOn }) {
  const sums = query.useQuery('get', '/api/v1/reports/figures', {
    params: { query: { subject_kind: on.kind, subject_id: on.id } },
  })
  return <Loaded query={sums}>{(found) => (found.reports > 0 ? <FiguresTable sums={found} /> : null)}</Loaded>
}

function Evaluations({ on }: { on: ReportedOn }) {
  const { t } = useLingui()
  const list = query.useQuery('get', '/api/v1/evaluations', {
    params: { query: { subject_kind: on.kind, subject_id: on.id } },
  })
  return (
    <Loaded query={list}>
      {({ items }) =>
        items.length === 0 ? (
          <p>
            <Trans>No party has evaluated a year yet.</Trans>
          </p>
        ) : (
          <Rows>
            {byYear(items).map(([year, given]) => (
              <Row
                key={year}
                head={<Link to={`evaluations?${searchOf(on)}&year=${year}`}>{t`Evaluations of ${year}`}</Link>}
                meta={[given.map((one) => textOf(one.organisation.names)).join(', ')]}
              />
            ))}
          </Rows>
        )
      }
    </Loaded>
  )
}

function byYear(items: Schemas['EvaluationPublic'][]): [number, Schemas['EvaluationPublic'][]][] {
  const years = [...new Set(items.map((one) => one.year))]
  return years.map((year) => [year, items.filter((one) => one.year === year)])
}
