import { Trans, useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatDay, lastDay } from '../../lib/format'
import { endorsedInList } from '../../lib/gate'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { useOrganisationNames } from '../../lib/organisationNames'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { CaseStatus } from '../../ui/CaseStatus'
import { Empty, Skeleton } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import styles from './components/Inbox.module.css'
import { RequiredEndorsements } from './components/RequiredEndorsements'
import { FILTERS, isState, StateFilter } from './components/StateFilter'

export default function InboxPage() {
  const { t } = useLingui()
  const me = useMe()
  const authorities = scopesOf(me, 'organisation', 'partner_requests:read')
  return (
    <Page title={t`Cases`} lead={t`Applications that ask your authority to be a partner. Each has its case number.`}>
      {me === undefined ? <Skeleton /> : <Cases authorities={authorities} />}
    </Page>
  )
}

/** Who prepares a case that is open, and by when it is to be decided. */
function usePreparing() {
  const { t } = useLingui()
  return (of: Schemas['PartnerRequestRow']) => {
    const preparer = of.preparer && (of.preparer.name ?? t`a former user`)
    const by = formatDay(of.decide_by)
    return [preparer && t`prepared by ${preparer}`, by && t`to be decided by ${by}`]
  }
}

function Cases({ authorities }: { authorities: string[] }) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'q' | 'state' | 'authority'>()
  const names = useOrganisationNames(authorities)
  const preparing = usePreparing()
  const state = isState(filters.state) ? filters.state : undefined
  const authority = authorities.length === 1 ? authorities[0] : filters.authority
  const asked = { authority, state, q: filters.q }
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/partner-requests',
    { params: { query: asked } },
    { ...byCursor, enabled: authorities.length > 0 },
  )
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])

  async function print() {
    for (let more = list.hasNextPage; more; ) more = (await list.fetchNextPage()).hasNextPage
    window.setTimeout(() => window.print())
  }

  if (authorities.length === 0)
    return (
      <Empty action={<Link to="applications">{t`My applications`}</Link>}>
        <Trans>
          You are no officer, decider or registrar of an authority here. What you applied for is among your
          applications.
        </Trans>
      </Empty>
    )
  const shown = [
    authority ? names.get(authority) : undefined,
    state && t(FILTERS[state]),
    filters.q,
    formatDay(new Date().toISOString()),
  ]
  return (
    <>
      <p className={styles.printed}>{shown.filter(Boolean).join(' · ')}</p>
      <div className={styles.screen}>
        <StateFilter value={state} onChange={(chosen) => change({ state: chosen })} />
        <Filters label={t`Search cases`}>
          <Search label={t`Search by title, case number or applicant`} value={filters.q ?? ''} onChange={search} />
          {authorities.length > 1 && (
            <Choose
              label={t`Authority`}
              any={t`All of mine`}
              value={filters.authority}
              options={authorities.map((id) => ({ value: id, label: names.get(id) ?? id }))}
              onChange={(chosen) => change({ authority: chosen })}
            />
          )}
        </Filters>
      </div>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/partner-requests/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`No case matches. What arrives at the authority appears here by itself.`}</Empty>}
      >
        {(items) => (
          <>
            <p>
              <Button variant="secondary" onClick={print}>{t`Print the list`}</Button>
            </p>
            <Rows>
              {items.map((one) => (
                <Row
                  key={one.id}
                  head={
                    <Link to={`partner-requests/${one.id}`}>
                      {one.case_number} {one.title}
                    </Link>
                  }
                  status={<CaseStatus state={one.state} outcome={one.outcome} endorsed={endorsedInList(one)} />}
                  meta={[
                    textOf(one.applicant.names),
                    authorities.length > 1 && textOf(one.authority.names),
                    t`arrived ${formatDay(one.arrived_at)}`,
                    ...preparing(one),
                    one.decided_on
                      ? t`decided ${formatDay(one.decided_on)}`
                      : one.call_closes_at && t`the call closes ${formatDay(lastDay(one.call_closes_at))}`,
                  ]}
                >
                  <RequiredEndorsements of={one} />
                  {one.to_look_at && <p>{t(enumLabels.LookAt[one.to_look_at])}</p>}
                </Row>
              ))}
            </Rows>
          </>
        )}
      </PagedList>
    </>
  )
}
