import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, ask, query, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { isOperator, useMe } from '../../../lib/me'
import { useMunicipalities } from '../../../lib/municipalities'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { type Picked, Picker } from '../../../ui/Picker'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Organisation } from './Frame'
import { Obstacles } from './MergeObstacles'

const MOST_FOUND = 8
const MOST_NEAR = 4
/** Into which other one it goes, after a look at what would move and what stands against it. */
export function MergeForm({ organisation, close }: { organisation: Organisation; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const [into, setInto] = useState<Picked | null>(null)
  const [reason, setReason] = useState('')
  const name = textOf(organisation.names)
  const search = useOthers(organisation)
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
          <Picker
            label={t`The organisation that remains`}
            name="into"
            value={into}
            onChange={setInto}
            fault={faultOf('/into')}
            search={search}
            of={`to merge with ${organisation.id}`}
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
  const facts = useFacts()
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
          const detail = facts(one)
          return (
            <li key={one.id}>
              {[label, detail].filter(Boolean).join(', ')}{' '}
              <Button
                variant="secondaryNoBorder"
                aria-label={t`Choose: ${label}`}
                onClick={() => choose({ id: one.id, label, detail })}
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

/** Where an organisation is at home, and its numbers: namesakes differ by these. */
function useFacts() {
  const municipalities = useMunicipalities()
  return (one: Schemas['OrganisationListed']) =>
    [municipalities.name(one.home_municipality_code), one.business_id, one.association_register_number]
      .filter(Boolean)
      .join(', ')
}

/** Into which ones it can go: not itself, and for an officer those of the home municipality. */
function useOthers(organisation: Organisation) {
  const facts = useFacts()
  const municipality = isOperator(useMe()) ? undefined : (organisation.home_municipality_code ?? undefined)
  return async (q: string): Promise<Picked[]> => {
    const query = { q, municipality, state: 'active' as const, sort: 'relevance' as const, limit: MOST_FOUND }
    const { items } = await ask(api.GET('/api/v1/organisations', { params: { query } }))
    return items
      .filter((one) => one.id !== organisation.id && one.confirmed)
      .map((one) => ({ id: one.id, label: textOf(one.names), detail: facts(one) }))
  }
}

function Preview({ organisation, into }: { organisation: string; into: string }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}/merge', {
    params: { path: { organisation_id: organisation }, query: { into } },
  })
  return (
    <div aria-live="polite">
      <Loaded query={found}>
        {({ people, seats, ...seen }) =>
          seen.obstacles.length > 0 ? (
            <Obstacles label={t`These stand against the merge`} of={seen.obstacles} />
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
              {seats > 0 && (
                <InlineAlert labelText={t`Roles of representatives end`}>
                  {t`Both are members of the same network. These roles of representatives and deputies end: ${seats}. The organisation that remains can name new ones.`}
                </InlineAlert>
              )}
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
