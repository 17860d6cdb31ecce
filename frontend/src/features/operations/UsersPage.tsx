import { Trans, useLingui } from '@lingui/react/macro'
import { useCallback, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { useMe } from '../../lib/me'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Form } from '../../ui/Form'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { StatusTag } from '../../ui/StatusTag'
import { useWrite, withVersion } from '../../ui/useWrite'
import { USER_STATES } from './components/labels'
import { Operation } from './components/Operation'

type User = Schemas['UserPublic']

export default function UsersPage() {
  const { t } = useLingui()
  return (
    <Operation title={t`People`} lead={t`Everybody who has an account. Their organisations give them their roles.`}>
      <Users />
    </Operation>
  )
}

function Users() {
  const { t } = useLingui()
  const [filters, change] = useFilters<'q' | 'state'>()
  const state = filters.state as User['state'] | undefined
  const list = query.useInfiniteQuery('get', '/api/v1/users', { params: { query: { q: filters.q, state } } }, byCursor)
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <>
      <Filters label={t`Search people`}>
        <Search label={t`Search by name or address`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Account`}
          any={t`All`}
          value={filters.state}
          options={Object.entries(USER_STATES).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(chosen) => change({ state: chosen })}
        />
      </Filters>
      <PagedList query={list} empty={<Empty>{t`Nobody matches. Try a part of the name or of the address.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Person key={one.id} of={one} />
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  )
}

function Person({ of }: { of: User }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('users')
  const [closing, setClosing] = useState(false)
  const disable = () =>
    write(
      api.POST('/api/v1/users/{user_id}/disable', {
        params: { path: { user_id: of.id }, header: withVersion(of.version) },
      }),
      t`The account is closed.`,
    ).then(() => setClosing(false))
  return (
    <Row
      head={of.name}
      status={<StatusTag tone={of.state === 'active' ? 'good' : 'neutral'}>{t(USER_STATES[of.state])}</StatusTag>}
      meta={[of.email, t`since ${formatDay(of.created_at)}`]}
    >
      <p style={{ margin: '4px 0 0' }}>
        <Link to={`audit?actor=${of.id}`}>{t`What they did`}</Link>{' '}
        {of.state !== 'disabled' && of.id !== me?.id && (
          <Button
            variant="secondaryNoBorder"
            aria-label={t`Close the account of ${of.name}`}
            onClick={() => setClosing(true)}
          >
            {t`Close the account`}
          </Button>
        )}
      </p>
      <Dialog open={closing} title={t`Close the account of ${of.name}`} onClose={() => setClosing(false)}>
        <Form
          send={disable}
          label={t`Close the account`}
          secondary={<Button variant="secondary" onClick={() => setClosing(false)}>{t`Cancel`}</Button>}
        >
          {() => (
            <p>
              <Trans>They are signed out, cannot sign in any more, and lose all their roles at once.</Trans>
            </p>
          )}
        </Form>
      </Dialog>
    </Row>
  )
}
