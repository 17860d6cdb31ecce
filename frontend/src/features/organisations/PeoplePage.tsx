import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query } from '../../api/client'
import { asFile } from '../../lib/download'
import { enumLabels } from '../../lib/labels'
import { isOperator, useMe } from '../../lib/me'
import { Row, Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { StatusTag } from '../../ui/StatusTag'
import { CaseHandovers } from './components/CaseHandovers'
import { Frame, type Organisation } from './components/Frame'
import { OpenOffers } from './components/OpenOffers'
import { InvitationForm, Leaving, type Person, RolesForm } from './components/PeopleForms'
import { mayKnow, mayManage } from './components/rights'

export default function PeoplePage() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Frame>
      {(organisation) =>
        me === undefined || mayKnow(me, organisation.id) ? (
          <People organisation={organisation} />
        ) : (
          <Empty>{t`Only the organisation's own people see who has which role.`}</Empty>
        )
      }
    </Frame>
  )
}

function People({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const me = useMe()
  const manages = mayManage(me, organisation.id)
  const [opened, setOpened] = useState<Person | 'new'>()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/people',
    { params: { path: { organisation_id: organisation.id } } },
    byCursor,
  )
  const close = () => setOpened(undefined)
  const failing = list.data?.pages.some((page) => page.items.some((one) => one.mail_failed_at))
  const nobody = t`Erased person`
  return (
    <section>
      {manages && <CaseHandovers authority={organisation.id} />}
      <Heading variant="h2">{t`People and their roles`}</Heading>
      <PagedList
        query={list}
        file={(format) =>
          api.GET(
            '/api/v1/organisations/{organisation_id}/people/export.{file_format}',
            asFile(format, {}, { organisation_id: organisation.id }),
          )
        }
        empty={<Empty>{t`Nobody has a role here yet. An operator names the first administrator.`}</Empty>}
      >
        {(people) => (
          <Rows>
            {people.map((one) => (
              <Row
                key={one.principal_id}
                head={one.name ?? nobody}
                meta={[
                  one.roles.map((held) => t(enumLabels.Role[held])).join(', '),
                  one.kind !== 'user' && t`Service account`,
                ]}
                status={
                  one.mail_failed_at ? <StatusTag tone="bad">{t`Messages do not get through`}</StatusTag> : undefined
                }
              >
                {manages && (
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={t`Change the roles: ${one.name ?? nobody}`}
                    onClick={() => setOpened(one)}
                  >{t`Change the roles`}</Button>
                )}
                {one.principal_id === me?.id && <Leaving organisation={organisation.id} person={one.principal_id} />}
              </Row>
            ))}
          </Rows>
        )}
      </PagedList>
      {failing && (
        <p>
          <Trans>Ask whoever it is by telephone to correct their address in their profile.</Trans>
        </p>
      )}
      <OpenOffers organisation={organisation} manages={manages || isOperator(me)} />
      {manages ? (
        <Button onClick={() => setOpened('new')}>{t`Invite somebody`}</Button>
      ) : (
        <p>
          <Trans>An owner of the organisation invites people and changes their roles.</Trans>
        </p>
      )}
      <p>
        <Link to={`organisations/${organisation.id}/operators`}>{t`Operators' actions here`}</Link>
      </p>
      {manages && (
        <p>
          <Link to="service-accounts">{t`Service accounts`}</Link>
        </p>
      )}
      {opened && (
        <Dialog open title={opened === 'new' ? t`Invite somebody` : t`Change the roles`} onClose={close}>
          {opened === 'new' ? (
            <InvitationForm organisation={organisation} done={close} />
          ) : (
            <RolesForm organisation={organisation} person={opened} done={close} />
          )}
        </Dialog>
      )}
    </section>
  )
}
