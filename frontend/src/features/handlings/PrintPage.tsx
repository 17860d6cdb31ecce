import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading, IconPrint } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { formatDay, formatMoney } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { useParam } from '../../lib/urlState'
import { Facts } from '../../ui/Facts'
import { Empty } from '../../ui/Feedback'
import { ChecksField } from '../../ui/inputs'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import styles from './components/Handling.module.css'

type State = Schemas['HandlingState']
const OPEN: State[] = ['received', 'in_review', 'returned', 'in_ballot']

/** A network's handlings on paper, for a meeting: each with room for notes. */
export default function PrintPage() {
  const { t } = useLingui()
  const network = useParam('id')
  const [states, setStates] = useState<string[]>(['received', 'in_review', 'in_ballot'])
  const found = query.useQuery('get', '/api/v1/networks/{network_id}', { params: { path: { network_id: network } } })
  const wanted = states.length > 0 ? (states as State[]) : OPEN
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/handlings',
    { params: { query: { network, state: wanted, sort: 'handle_by', limit: 200 } } },
    byCursor,
  )
  const name = textOf(found.data?.names)
  return (
    <Page
      title={t`Applications before the network`}
      crumbs={[
        { to: 'networks', label: t`Networks` },
        ...(name ? [{ to: `networks/${network}`, label: name }] : []),
        { to: `networks/${network}/work`, label: t`Handlings` },
      ]}
      lead={name && `${name}, ${formatDay(new Date().toISOString())}`}
    >
      <div className={styles.screen}>
        <ChecksField
          label={t`Which are shown`}
          name="state"
          value={states}
          onChange={setStates}
          options={OPEN.map((value) => ({ value, label: t(enumLabels.HandlingState[value]) }))}
        />
        <Button icon={<IconPrint />} onClick={() => window.print()}>{t`Print`}</Button>
      </div>
      <PagedList query={list} empty={<Empty>{t`No application is before the network in these states.`}</Empty>}>
        {(items) => items.map((one) => <Sheet key={one.id} handling={one} />)}
      </PagedList>
    </Page>
  )
}

function Sheet({ handling }: { handling: Schemas['HandlingItem'] }) {
  const { t } = useLingui()
  return (
    <section className={styles.card}>
      <Heading variant="h2" smallScreen>
        {handling.title}
      </Heading>
      <Facts
        facts={[
          [t`Applicant`, textOf(handling.applicant.names)],
          [t`Amount applied for`, formatMoney(handling.amount_cents)],
          [
            t`Asked to be partners`,
            handling.asks.map(({ names, asks }) => [textOf(names), asks].filter(Boolean).join(': ')).join('\n'),
          ],
          [t`State`, t(enumLabels.HandlingState[handling.state])],
          [t`Version`, String(handling.version_number)],
          [t`To be read by`, formatDay(handling.handle_by)],
        ]}
      />
      <div className={styles.notes}>{t`Notes`}</div>
    </section>
  )
}
