import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { useMunicipalities } from '../../../lib/municipalities'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Organisation } from './Frame'

const MOST_NEAR = 4
const PAGES: Record<string, string> = {
  agreement: 'agreements',
  application: 'applications',
  handling: 'handlings',
  network: 'networks',
  organisation: 'organisations',
  partner_request: 'partner-requests',
}

/** Into which other one it goes, after a look at what would move and what stands against it. */
export function MergeForm({ organisation, close }: { organisation: Organisation; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const [into, setInto] = useState<Picked | null>(null)
  const [reason, setReason] = useState('')
  const name = textOf(organisation.names)
  return (
    <Form
      label={t`Merge the organisations`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => ({
        ...(into ? {} : { '/into': t`Choose the other organisation.` }),
        ...(reason.trim() ? {} : { '/reason': t`Tell why they are the same organisation.` }),
      })}
      send={async () => {
        const call = api.POST('/api/v1/organisations/{organisation_id}/merge', {
          params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) },
          body: { into: into?.id ?? '', reason },
        })
        await write(call, t`The organisations have been merged. The people of both have been told.`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          <p>
            {t`Use this when the same organisation is here twice. ${name} is archived, and what it has goes to the other one. Signed and submitted papers keep their names.`}
          </p>
          {!into && <Near organisation={organisation} choose={setInto} />}
          <OrganisationPicker
            label={t`The organisation that remains`}
            name="into"
            value={into}
            onChange={setInto}
            fault={faultOf('/into')}
          />
          {into && <Preview organisation={organisation.id} into={into.id} />}
          <TextArea
            label={t`Why they are the same organisation`}
            hint={t`The people of both see it.`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
            limit={2000}
          />
        </>
      )}
    </Form>
  )
}

/** Those with a name like this one's, where this one is at home. */
function Near({ organisation, choose }: { organisation: Organisation; choose: (one: Picked) => void }) {
  const { t } = useLingui()
  const municipalities = useMunicipalities()
  const found = query.useQuery('get', '/api/v1/organisations', {
    params: {
      query: {
        q: textOf(organisation.names),
        municipality: organisation.home_municipality_code ?? undefined,
        state: 'active',
        sort: 'relevance',
        limit: MOST_NEAR + 1,
      },
    },
  })
  const near = (found.data?.items ?? []).filter((one) => one.id !== organisation.id && one.confirmed)
  if (near.length === 0) return null
  return (
    <section>
      <Heading variant="h3">{t`Organisations with a similar name`}</Heading>
      <ul>
        {near.slice(0, MOST_NEAR).map((one) => {
          const label = textOf(one.names)
          const facts = [
            one.home_municipality_code && municipalities.name(one.home_municipality_code),
            one.business_id ?? one.association_register_number,
          ]
          return (
            <li key={one.id}>
              {[label, ...facts].filter(Boolean).join(', ')}{' '}
              <Button
                variant="secondaryNoBorder"
                aria-label={t`Choose: ${label}`}
                onClick={() => choose({ id: one.id, label })}
              >
                {t`Choose`}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Preview({ organisation, into }: { organisation: string; into: string }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}/merge', {
    params: { path: { organisation_id: organisation }, query: { into } },
  })
  return (
    <div aria-live="polite">
      <Loaded query={found}>
        {({ people, ...seen }) =>
          seen.obstacles.length > 0 ? (
            <Obstacles of={seen.obstacles} />
          ) : (
            <>
              <Heading variant="h3">{t`What goes to the organisation that remains`}</Heading>
              <ul>
                {seen.moves.map((one) => (
                  <li key={one.what}>
                    {t(enumLabels.MergedThing[one.what])}: {one.count}
                  </li>
                ))}
                {Object.values(seen.identifiers).map((one) => (
                  <li key={one}>{t`Identifier: ${one}`}</li>
                ))}
                {seen.moves.length === 0 && Object.keys(seen.identifiers).length === 0 && <li>{t`Nothing`}</li>}
              </ul>
              {seen.stops.length > 0 && (
                <>
                  <Heading variant="h3">{t`What stops working`}</Heading>
                  <ul>
                    {seen.stops.map((one) => (
                      <li key={one.what}>
                        {t(enumLabels.MergeStop[one.what])}: {one.count}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <p>{t`People in the two organisations, who are told: ${people}`}</p>
            </>
          )
        }
      </Loaded>
    </div>
  )
}

/** Each reason once, with the things that it is about, of whatever kind. */
function Obstacles({ of }: { of: Schemas['MergeObstacle'][] }) {
  const { t } = useLingui()
  const codes = [...new Set(of.map((one) => one.code))]
  return (
    <InlineAlert status="error" labelText={t`These stand against the merge`}>
      <ul>
        {codes.map((code) => {
          const pages = of
            .filter((one) => one.code === code && PAGES[one.kind])
            .flatMap((one) => one.ids.map((id) => `${PAGES[one.kind]}/${id}`))
          return (
            <li key={code}>
              {t(enumLabels.MergeObstacleCode[code])}
              {pages.map((page, place) => {
                const number = place + 1
                return (
                  <span key={page}>
                    {' '}
                    <Link to={page}>{pages.length > 1 ? t`Look at it (${number})` : t`Look at it`}</Link>
                  </span>
                )
              })}
            </li>
          )
        })}
      </ul>
    </InlineAlert>
  )
}
