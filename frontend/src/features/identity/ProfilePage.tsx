import { Trans, useLingui } from '@lingui/react/macro'
import { query } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { type Me, scopesOf } from '../../lib/me'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { ScopeName } from '../../ui/ScopeName'
import { Section } from '../../ui/Section'
import { AddressForm } from './components/AddressForm'
import { Affiliations } from './components/Affiliations'
import { CalendarAddress } from './components/CalendarAddress'
import { MailState } from './components/MailState'
import { MyData } from './components/MyData'
import { PasswordForm } from './components/PasswordForm'
import { PersonForm } from './components/PersonForm'

export default function ProfilePage() {
  const { t } = useLingui()
  const me = query.useQuery('get', '/api/v1/me', {})
  return (
    <Page title={t`Profile`}>
      <Loaded query={me}>
        {(found) => (
          <>
            <Section title={t`Name and language`}>
              <PersonForm key={found.version} me={found} />
            </Section>
            <Section title={t`My roles`}>
              {found.role_offers.length > 0 && (
                <p>
                  <Link to="offers">{t`Accept or decline the roles`}</Link>
                </p>
              )}
              <Roles of={found.roles} />
              {scopesOf(found, 'organisation', 'service_accounts:manage').length > 0 && (
                <p>
                  <Link to="service-accounts">{t`Service accounts of my organisations`}</Link>
                </p>
              )}
            </Section>
            <Section title={t`My ties to organisations`}>
              <Affiliations />
            </Section>
            <Section title={t`Notices`}>
              <p>
                <Link to="profile/notices">{t`Choose how you get notices`}</Link>
              </p>
            </Section>
            <Section title={t`Calendar`}>
              <CalendarAddress />
            </Section>
            <Section title={t`Password`}>
              <PasswordForm has={found.has_password} />
            </Section>
            <Section title={t`Email address`}>
              <MailState me={found} />
              <AddressForm key={found.email_change?.email} me={found} />
            </Section>
            <MyData me={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Roles({ of }: { of: Me['roles'] }) {
  const { t } = useLingui()
  if (of.length === 0)
    return (
      <Empty action={<Link to="organisations">{t`Find your organisation`}</Link>}>
        <Trans>You have no role yet. Ask the owner of your organisation to invite you.</Trans>
      </Empty>
    )
  return (
    <Rows>
      {of.map((one) => (
        <Row
          key={`${one.role}-${one.scope_id}-${one.for_organisation_id}`}
          head={
            <>
              {t(enumLabels.Role[one.role])}: <ScopeName kind={one.scope_kind} id={one.scope_id} />
            </>
          }
          meta={[one.expires_at && t`until ${formatMoment(one.expires_at)}`]}
        >
          {one.for_organisation_id && (
            <p>
              <Trans>
                Speaks for <ScopeName kind="organisation" id={one.for_organisation_id} />
              </Trans>
            </p>
          )}
        </Row>
      ))}
    </Rows>
  )
}
