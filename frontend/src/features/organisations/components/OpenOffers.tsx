import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { Row, Rows } from '../../../ui/Cards'
import { Failure } from '../../../ui/Feedback'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { useWrite } from '../../../ui/useWrite'
import type { Organisation } from './Frame'

/** Roles that were offered and not accepted yet: they count for nothing. Nothing is drawn where there are none. */
export function OpenOffers({ organisation, manages }: { organisation: Organisation; manages: boolean }) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const [error, setError] = useState<unknown>()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/role-offers',
    { params: { path: { organisation_id: organisation.id } } },
    byCursor,
  )
  if (!list.data?.pages.some((page) => page.items.length > 0)) return null

  async function act(call: Parameters<typeof write>[0], said: string) {
    setError(undefined)
    try {
      await write(call, said)
    } catch (thrown) {
      setError(thrown)
    }
  }
  const at = (offer_id: string) => ({ params: { path: { organisation_id: organisation.id, offer_id } } })
  const withdraw = (id: string) =>
    act(
      api.DELETE('/api/v1/organisations/{organisation_id}/role-offers/{offer_id}', at(id)),
      t`The offer has been withdrawn.`,
    )
  const sendAgain = (id: string) =>
    act(
      api.POST('/api/v1/organisations/{organisation_id}/role-offers/{offer_id}/send-again', at(id)),
      t`The invitation was sent again.`,
    )

  return (
    <section>
      <Heading variant="h3">{t`Offered and not accepted yet`}</Heading>
      {error !== undefined && <Failure error={error} />}
      <PagedList query={list} empty={null}>
        {(offers) => (
          <Rows>
            {offers.map((one) => (
              <Row
                key={one.id}
                head={one.name}
                meta={[t(enumLabels.Role[one.role]), one.email, t`Can be accepted until ${formatDay(one.expires_at)}`]}
              >
                {manages && (
                  <>
                    <Button
                      variant="secondaryNoBorder"
                      aria-label={t`Send again: ${one.name}, ${t(enumLabels.Role[one.role])}`}
                      onClick={() => sendAgain(one.id)}
                    >{t`Send again`}</Button>
                    <Button
                      variant="secondaryNoBorder"
                      aria-label={t`Withdraw the offer: ${one.name}, ${t(enumLabels.Role[one.role])}`}
                      onClick={() => withdraw(one.id)}
                    >{t`Withdraw the offer`}</Button>
                  </>
                )}
              </Row>
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}
