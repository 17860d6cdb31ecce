import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import type { Me } from '../../lib/me'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Failure, Loaded } from '../../ui/Feedback'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { ScopeName } from '../../ui/ScopeName'
import { useWrite } from '../../ui/useWrite'

/** Roles that somebody offers: they count for nothing until they are accepted here, all at once or one by one. */
export default function OffersPage() {
  const { t } = useLingui()
  const me = query.useQuery('get', '/api/v1/me', {})
  return (
    <Page
      title={t`Roles offered to you`}
      lead={t`A role counts once you accept it. Until then you have no ties to the organisation through it.`}
    >
      <Loaded query={me}>{(found) => <Offers offers={found.role_offers} />}</Loaded>
    </Page>
  )
}

function Offers({ offers }: { offers: Me['role_offers'] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('me', 'organisations', 'tasks')
  const [error, setError] = useState<unknown>()
  if (offers.length === 0)
    return (
      <Empty action={<Link to="work">{t`My work`}</Link>}>
        <Trans>Roles that somebody offers you appear here.</Trans>
      </Empty>
    )
  const ids = offers.map((one) => one.id)

  async function answer(offer_ids: string[], accepts: boolean) {
    setError(undefined)
    const body = { offer_ids }
    try {
      if (accepts) await write(api.POST('/api/v1/me/role-offers/accept', { body }), t`The role is yours now.`)
      else await write(api.POST('/api/v1/me/role-offers/decline', { body }), t`The role has been declined.`)
      if (offer_ids.length === offers.length) await navigate({ to: inApp('work').path })
    } catch (thrown) {
      setError(thrown)
    }
  }

  return (
    <>
      {error !== undefined && <Failure error={error} />}
      <Rows>
        {offers.map((one) => {
          const name = textOf(one.scope_names ?? undefined)
          return (
            <Row
              key={one.id}
              head={
                <>
                  {t(enumLabels.Role[one.role])}: {name}
                </>
              }
              meta={[
                one.offered_by && t`Offered by: ${one.offered_by}`,
                t`Can be accepted until ${formatDay(one.expires_at)}`,
              ]}
            >
              {one.for_organisation_id && (
                <p>
                  <Trans>
                    Speaks for <ScopeName kind="organisation" id={one.for_organisation_id} />
                  </Trans>
                </p>
              )}
              <Button
                variant="secondary"
                aria-label={t`Accept: ${t(enumLabels.Role[one.role])}, ${name}`}
                onClick={() => answer([one.id], true)}
              >{t`Accept`}</Button>
              <Button
                variant="secondaryNoBorder"
                aria-label={t`Say no: ${t(enumLabels.Role[one.role])}, ${name}`}
                onClick={() => answer([one.id], false)}
              >{t`Say no`}</Button>
            </Row>
          )
        })}
      </Rows>
      {offers.length > 1 && <Button onClick={() => answer(ids, true)}>{t`Accept all`}</Button>}
    </>
  )
}
