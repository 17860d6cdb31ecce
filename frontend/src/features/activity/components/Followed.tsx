import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { placeOf } from '../../../lib/places'
import { Row, Rows } from '../../../ui/Cards'
import { Empty, Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { Texts } from '../../../ui/Texts'
import { useSaved } from './useSaved'

type Follow = Schemas['FollowPublic']

const KINDS: Record<Follow['kind'], MessageDescriptor> = {
  funding_call: msg`Call`,
  need: msg`Need`,
  network: msg`Network`,
  organisation: msg`Funder`,
}

/** What one follows. What may not be read any more has no name, and can be ended all the same. */
export function Followed() {
  const { t } = useLingui()
  const follows = query.useQuery('get', '/api/v1/follows', {})
  return (
    <Section title={t`What I follow`}>
      <Loaded query={follows}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>
              <Trans>You follow nothing yet. Calls, needs, networks and funders have a button for it.</Trans>
            </Empty>
          ) : (
            <Rows>
              {items.map((one) => (
                <One key={one.kind + one.id} follow={one} />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Section>
  )
}

function One({ follow: { kind, id, names } }: { follow: Follow }) {
  const { t } = useLingui()
  const { save, failed } = useSaved('follows')
  const name = textOf(names) || t`Something that you may not see any more`
  const end = () =>
    save(api.DELETE('/api/v1/follows/{kind}/{id}', { params: { path: { kind, id } } }), t`You no longer follow this.`)
  return (
    <Row
      head={
        names ? (
          <Link to={placeOf({ kind, id })}>
            <Texts of={names} />
          </Link>
        ) : (
          name
        )
      }
      status={
        <Button variant="secondaryNoBorder" aria-label={t`Stop following: ${name}`} onClick={end}>
          {t`Stop following`}
        </Button>
      }
      meta={[t(KINDS[kind])]}
    >
      {failed}
    </Row>
  )
}
