import { useLingui } from '@lingui/react/macro'
import { query } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { Row, Rows } from '../../../ui/Cards'
import { Empty } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { Section } from '../../../ui/Section'
import { soon } from '../components/years'

/** The agreements that still run and end within six months. */
export function EndingSoon({ organisation }: { organisation: string | undefined }) {
  const { t } = useLingui()
  const asked = { organisation, ends_by: soon() }
  const list = query.useInfiniteQuery('get', '/api/v1/agreements', { params: { query: asked } }, byCursor)
  return (
    <Section title={t`Ending within six months`}>
      <PagedList query={list} empty={<Empty>{t`No agreement ends within six months.`}</Empty>}>
        {(agreements) => (
          <Rows>
            {agreements.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`agreements/${one.id}`}>
                    <span lang={one.language}>{one.title}</span>
                  </Link>
                }
                meta={[
                  t`ends on ${formatDay(one.ends_on)}`,
                  one.parties.map((party) => textOf(party.names)).join(', '),
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Section>
  )
}
