import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { scopesOf, useMe } from '../../lib/me'
import { today } from '../../lib/today'
import { useFilters } from '../../lib/urlState'
import { Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Policy } from './components/Policy'
import { PolicyForm } from './components/PolicyForm'

export default function GatePoliciesPage() {
  const { t } = useLingui()
  const mine = scopesOf(useMe(), 'organisation', 'gate_policies:manage')
  const [filters, change] = useFilters<'when' | 'authority'>()
  const [making, setMaking] = useState(false)
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/gate-policies',
    {
      params: {
        query: {
          in_force_on: filters.when === 'all' ? undefined : today(),
          authority: filters.authority === 'mine' ? mine : undefined,
        },
      },
    },
    byCursor,
  )
  return (
    <Page
      title={t`Gate policies`}
      lead={
        <Trans>
          Which authority asks for whose puumerkki before it takes up an application. What arrived under a policy stays
          under it, also when the policy ends.
        </Trans>
      }
    >
      {mine.length > 0 && (
        <p>
          <Button onClick={() => setMaking(true)}>{t`Make a policy`}</Button>
        </p>
      )}
      <Dialog open={making} title={t`Make a policy`} onClose={() => setMaking(false)}>
        <PolicyForm authorities={mine} done={() => setMaking(false)} />
      </Dialog>
      <Filters label={t`Choose what is shown`}>
        <Choose
          label={t`Time`}
          any={t`In force today`}
          value={filters.when}
          options={[{ value: 'all', label: t`Coming and ended, too` }]}
          onChange={(when) => change({ when })}
        />
        {mine.length > 0 && (
          <Choose
            label={t`Authority`}
            any={t`All authorities`}
            value={filters.authority}
            options={[{ value: 'mine', label: t`My authority` }]}
            onChange={(authority) => change({ authority })}
          />
        )}
      </Filters>
      <PagedList
        query={list}
        empty={
          <Empty>
            <Trans>
              There is no policy here. Without a policy an authority takes up applications without a puumerkki.
            </Trans>
          </Empty>
        }
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Policy key={one.id} of={one} mine={mine.includes(one.authority_id)} />
            ))}
          </Rows>
        )}
      </PagedList>
    </Page>
  )
}
