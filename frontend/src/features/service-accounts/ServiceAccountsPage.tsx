import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { scopesOf, useMe } from '../../lib/me'
import { Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Account } from './components/Account'
import { AccountForm } from './components/AccountForm'
import { type Secret, ShownSecret } from './components/ShownSecret'

export default function ServiceAccountsPage() {
  const { t } = useLingui()
  const me = useMe()
  const owned = scopesOf(me, 'organisation', 'service_accounts:manage')
  return (
    <Page
      title={t`Service accounts`}
      crumbs={[{ to: 'profile', label: t`Profile` }]}
      lead={
        <Trans>
          With a service account another system of your organisation reads and writes through the API. It gets its
          tokens at <code>/api/v1/oauth/token</code>.
        </Trans>
      }
    >
      {me === undefined ? <Skeleton /> : <Accounts owned={owned} />}
    </Page>
  )
}

function Accounts({ owned }: { owned: string[] }) {
  const { t } = useLingui()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<Secret>()
  const list = query.useInfiniteQuery('get', '/api/v1/service-accounts', {}, { ...byCursor, enabled: owned.length > 0 })
  if (owned.length === 0)
    return (
      <Empty action={<Link to="profile">{t`Profile`}</Link>}>
        <Trans>Service accounts are made by the owners of an organisation.</Trans>
      </Empty>
    )
  return (
    <>
      <p>
        <Button onClick={() => setMaking(true)}>{t`Make a service account`}</Button>
      </p>
      <Dialog open={making} title={t`Make a service account`} onClose={() => setMaking(false)}>
        <AccountForm
          organisations={owned}
          done={(made) => {
            setMaking(false)
            setSecret(made)
          }}
        />
      </Dialog>
      <ShownSecret of={secret} onClose={() => setSecret(undefined)} />
      <PagedList query={list} empty={<Empty>{t`Your organisations have no service accounts.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Account key={one.id} of={one} show={setSecret} />
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  )
}
