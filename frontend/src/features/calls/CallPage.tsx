import { Trans, useLingui } from '@lingui/react/macro'
import { Link as Anchor, Block, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { formatEnd, formatMoment, formatMoney } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { inLanguage } from '../../lib/language'
import { scopesOf, useMe, useSignedIn } from '../../lib/me'
import { useParam } from '../../lib/urlState'
import { Actions } from '../../ui/Actions'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Follow } from '../../ui/Follow'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { Texts } from '../../ui/Texts'
import { useWrite, withVersion } from '../../ui/useWrite'
import { CallStatus, isOpen } from './components/CallStatus'
import { CallGuidance } from './components/Guidance'

export default function CallPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/calls/{call_id}', { params: { path: { call_id: id } } })
  const { text, lang } = inLanguage(found.data?.names)
  return (
    <Page
      title={text || t`Call`}
      lang={text ? lang : undefined}
      crumbs={[{ to: 'calls', label: t`Calls` }]}
      status={found.data && <CallStatus call={found.data} />}
    >
      <Loaded query={found}>{(call) => <Call call={call} />}</Loaded>
    </Page>
  )
}

function Call({ call }: { call: Schemas['CallPublic'] }) {
  const { t } = useLingui()
  const write = useWrite('calls')
  const params = { path: { call_id: call.id }, header: withVersion(call.version) }
  const forms = call.legal_forms.map((form) => t(enumLabels.LegalForm[form])).join(', ')
  return (
    <>
      {call.descriptions && (
        <Block mb="m">
          <Texts of={call.descriptions} notice />
        </Block>
      )}
      <Facts
        facts={[
          [
            t`Funder`,
            <Link key="funder" to={`organisations/${call.funder_id}`}>
              <Texts of={call.funder_names} />
            </Link>,
          ],
          [t`Programme`, call.programme && <Texts of={call.programme} notice />],
          [t`Opens`, formatMoment(call.opens_at)],
          [t`Closes`, formatEnd(call.closes_at)],
          [t`Who may apply`, forms || t`Any organisation`],
          [
            t`Partner authority`,
            call.partner_required ? t`Needed: a municipality, county or state agency` : t`Not needed`,
          ],
          [t`Smallest amount`, formatMoney(call.min_cents)],
          [t`Largest amount`, formatMoney(call.max_cents)],
          [t`Given out in all`, formatMoney(call.total_cents)],
          [t`More on the web`, call.website && <Anchor href={call.website}>{call.website}</Anchor>],
        ]}
      />
      {call.state !== 'draft' && <Follow kind="funding_call" id={call.id} />}
      {isOpen(call) && <CallGuidance call={call} />}
      <Beginning call={call} />
      <Actions
        of={call.available_actions}
        run={{
          publish: {
            label: t`Publish the call`,
            onClick: () => write(api.POST('/api/v1/calls/{call_id}/publish', { params }), t`The call is published.`),
          },
          cancel: {
            ends: true,
            label: t`Cancel the call`,
            onClick: () => write(api.POST('/api/v1/calls/{call_id}/cancel', { params }), t`The call is cancelled.`),
          },
        }}
      />
      {call.available_actions.length > 0 && (
        <p>
          <Link to={`calls/${call.id}/edit`}>{t`Change the call`}</Link>
        </p>
      )}
    </>
  )
}

/** The way from an open call to an application for it. */
function Beginning({ call }: { call: Schemas['CallPublic'] }) {
  const { t } = useLingui()
  const known = useSignedIn()
  const me = useMe()
  if (!isOpen(call)) return null
  const applies = scopesOf(me, 'organisation', 'applications:write').length > 0
  return (
    <Block mb="m">
      <Heading variant="h2">{t`Applying`}</Heading>
      {applies && (
        <p>
          <Link to={`applications/new?call=${call.id}`}>{t`Begin an application`}</Link>
        </p>
      )}
      {!known && (
        <p>
          <Trans>Who prepares applications for an organisation signs in first.</Trans>{' '}
          <Link to={`login?to=${encodeURIComponent(`calls/${call.id}`)}`}>{t`Sign in`}</Link>
        </p>
      )}
      {known && !applies && (
        <p>
          <Trans>Editors of an organisation begin applications; you are not one.</Trans>
        </p>
      )}
    </Block>
  )
}
