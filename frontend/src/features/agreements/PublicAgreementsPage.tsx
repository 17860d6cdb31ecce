import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { query, type Schemas } from '../../api/client'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { useTargetGroups } from '../../lib/targetGroups'
import { useFilters } from '../../lib/urlState'
import { AgreementStatus } from '../../ui/AgreementStatus'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { periodOf } from './components/agreement'

/** The signed agreements that their parties let everybody see. */
export default function PublicAgreementsPage() {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const [filters, change] = useFilters<'q' | 'kind' | 'theme' | 'organisation'>()
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  const asked = { ...filters, kind: filters.kind as Schemas['AgreementKind'] | undefined }
  const list = query.useInfiniteQuery('get', '/api/v1/agreements/public', { params: { query: asked } }, byCursor)
  return (
    <Page
      title={t`Public agreements`}
      lead={t`Signed agreements, in force or yet to begin, that their parties show to everyone.`}
    >
      <Filters label={t`Search agreements`}>
        <Search label={t`Search by name`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Kind`}
          any={t`All kinds`}
          value={filters.kind}
          options={Object.entries(enumLabels.AgreementKind).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(kind) => change({ kind })}
        />
        <Choose
          label={t`Target group`}
          any={t`All target groups`}
          value={filters.theme}
          options={groups.options}
          onChange={(theme) => change({ theme })}
        />
      </Filters>
      <PagedList
        query={list}
        empty={<Empty>{t`No public agreement matches. The parties decide whether theirs stands here.`}</Empty>}
      >
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
                  one.parties.map((party) => textOf(party.names)).join(', '),
                  periodOf(one),
                  one.target_groups.map(groups.name).join(', '),
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Page>
  )
}
