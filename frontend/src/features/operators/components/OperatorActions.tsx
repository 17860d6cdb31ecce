import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { query } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import { inLanguage } from '../../../lib/language'
import { isOperator, useMe } from '../../../lib/me'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty, Loaded } from '../../../ui/Feedback'
import { Page } from '../../../ui/Page'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { NamingForm } from './NamingForm'
import { NamingRow } from './NamingRow'

/** What operators have done in an organisation or network: whom they named, and when they looked into it. */
export function OperatorActions({
  kind,
  id,
  names,
}: {
  kind: 'organisation' | 'network'
  id: string
  names: Record<string, string> | undefined
}) {
  const { t } = useLingui()
  const { text } = inLanguage(names)
  const place = kind === 'organisation' ? 'organisations' : 'networks'
  return (
    <Page
      title={t`Operators' actions`}
      lead={t`Operators run the service and handle no cases. What they do is shown to the people here.`}
      crumbs={[{ to: `${place}/${id}`, label: text || t`Back` }]}
    >
      <Namings kind={kind} id={id} />
      <Looks id={id} />
    </Page>
  )
}

function Namings({ kind, id }: { kind: 'organisation' | 'network'; id: string }) {
  const { t } = useLingui()
  const me = useMe()
  const operates = isOperator(me)
  const [naming, setNaming] = useState(false)
  const list = query.useQuery('get', '/api/v1/namings', { params: { query: { scope: id } } })
  const label = kind === 'organisation' ? t`Name an administrator` : t`Name a coordinator`
  return (
    <section>
      <Heading variant="h2">{t`Namings`}</Heading>
      <Loaded query={list}>
        {(found) =>
          found.items.length === 0 ? (
            <Empty>{t`No operator has named anybody. An operator names somebody when the people here ask for it.`}</Empty>
          ) : (
            <Rows>
              {found.items.map((one) => (
                <NamingRow key={one.id} of={one} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {operates && <Button onClick={() => setNaming(true)}>{label}</Button>}
      <Dialog open={naming} title={label} onClose={() => setNaming(false)}>
        <NamingForm kind={kind} id={id} done={() => setNaming(false)} />
      </Dialog>
    </section>
  )
}

function Looks({ id }: { id: string }) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery('get', '/api/v1/break-glass', { params: { query: { scope: id } } }, byCursor)
  const nobody = t`Erased person`
  return (
    <section>
      <Heading variant="h2">{t`Looks into cases`}</Heading>
      <PagedList query={list} empty={<Empty>{t`No operator has accessed the cases here.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={[formatMoment(one.created_at), one.operator_name ?? nobody].join(': ')}
                meta={[t`Access until ${formatMoment(one.expires_at)}`]}
              >
                <p>{one.reason}</p>
              </Row>
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}
