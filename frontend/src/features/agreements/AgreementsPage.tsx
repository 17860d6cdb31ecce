import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { useTargetGroups } from '../../lib/targetGroups'
import { useFilters } from '../../lib/urlState'
import { AgreementStatus } from '../../ui/AgreementStatus'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { periodOf } from './components/agreement'
import { soon, yearOptions } from './components/years'

export default function AgreementsPage() {
  const { t } = useLingui()
  const me = useMe()
  const mine = useMyOrganisations('agreements:read') ?? []
  const [filters, change] = useFilters<'q' | 'state' | 'kind' | 'organisation' | 'theme' | 'year' | 'ends'>()
  const groups = useTargetGroups()
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  const asked = {
    q: filters.q,
    state: filters.state as Schemas['AgreementState'] | undefined,
    kind: filters.kind as Schemas['AgreementKind'] | undefined,
    organisation: filters.organisation,
    theme: filters.theme,
    year: filters.year ? Number(filters.year) : undefined,
    ends_by: filters.ends === 'soon' ? soon() : undefined,
  }
  const list = query.useInfiniteQuery('get', '/api/v1/agreements', { params: { query: asked } }, byCursor)
  const draft = scopesOf(me, 'organisation', 'agreements:write').length > 0 && (
    <Link to="agreements/new">{t`Draft an agreement`}</Link>
  )
  const narrowed = Object.values(filters).some(Boolean)
  return (
    <Page title={t`Agreements`} lead={t`What authorities and organisations agree on with each other, and sign here.`}>
      <Links>
        {draft}
        {draft && <Link to="agreements/templates">{t`Templates of agreements`}</Link>}
        {scopesOf(me, 'organisation', 'agreements:confirm').length > 0 && (
          <Link to="agreements/confirm">{t`Confirm agreements that others recorded`}</Link>
        )}
        <Link to="agreements/figures">{t`Agreements in figures`}</Link>
        {scopesOf(me, 'organisation', 'agreements:sign').length > 0 && (
          <Link
            to={`imports/new?kind=agreements${filters.organisation ? `&organisation=${filters.organisation}` : ''}`}
          >
            {t`Import a list of agreements`}
          </Link>
        )}
        <Link to="agreements/public">{t`Public agreements`}</Link>
        <Link to="reports">{t`Reports on agreements and grants`}</Link>
      </Links>
      <Filters label={t`Search agreements`}>
        <Search label={t`Search by name`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.AgreementState).map(([value, word]) => ({
            value,
            label: t(word),
          }))}
          onChange={(state) => change({ state })}
        />
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
        <Choose
          label={t`Runs in the year`}
          any={t`All years`}
          value={filters.year}
          options={yearOptions()}
          onChange={(year) => change({ year })}
        />
        <Choose
          label={t`Ends`}
          any={t`At any time`}
          value={filters.ends}
          options={[{ value: 'soon', label: t`Within six months` }]}
          onChange={(ends) => change({ ends })}
        />
        {mine.length > 1 && (
          <Choose
            label={t`Party`}
            any={t`All of mine`}
            value={filters.organisation}
            options={mine.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(organisation) => change({ organisation })}
          />
        )}
      </Filters>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/agreements/export.{file_format}', asFile(format, asked))}
        empty={
          narrowed ? (
            <Empty>{t`No agreement matches. Try fewer words or another state.`}</Empty>
          ) : (
            <Empty action={draft || undefined}>
              {t`There is no agreement yet. Here they are drafted together, signed by all parties, and found again.`}
            </Empty>
          )
        }
      >
        {(agreements) => (
          <>
            <Rows>
              {agreements.map((one) => (
                <Row
                  key={one.id}
                  head={
                    <Link to={`agreements/${one.id}`}>
                      <span lang={one.language}>{one.title}</span>
                    </Link>
                  }
                  status={<AgreementStatus of={one} />}
                  meta={[
                    t(enumLabels.AgreementKind[one.kind]),
                    one.parties.map((party) => textOf(party.names)).join(', '),
                    periodOf(one),
                  ]}
                />
              ))}
            </Rows>
          </>
        )}
      </PagedList>
    </Page>
  )
}
