import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Block, Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { isOperator, scopesOf, useMe } from '../../../lib/me'
import { Actions } from '../../../ui/Actions'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { byCursor } from '../../../ui/PagedList'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { Texts } from '../../../ui/Texts'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Organisation } from './Frame'
import { mayAnswer } from './rights'

/** That the organisation stands in the directory twice: where it goes on, and how two are made one, or two again. */
export function Merges({ organisation }: { organisation: Organisation }) {
  const may = useMayMerge(organisation)
  return (
    <>
      {organisation.merged_into && <Merged organisation={organisation} into={organisation.merged_into} may={may} />}
      {may && organisation.state === 'active' && <Merge organisation={organisation} />}
    </>
  )
}

/** Who merges: operators, and the officers of its home municipality, whose own organisation is asked for. */
function useMayMerge(organisation: Organisation): boolean {
  const me = useMe()
  const officer = scopesOf(me, 'organisation', 'organisations:confirm')
  const home = organisation.home_municipality_code
  const found = query.useQuery(
    'get',
    '/api/v1/organisations',
    { params: { query: { sector: ['municipality'], municipality: home ?? undefined } } },
    { enabled: officer.length > 0 && home !== null },
  )
  const homes = found.data?.items.filter((one) => one.home_municipality_code === home) ?? []
  return isOperator(me) || homes.some((one) => officer.includes(one.id))
}

function Merged({
  organisation,
  into,
  may,
}: {
  organisation: Organisation
  into: NonNullable<Organisation['merged_into']>
  may: boolean
}) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const own = mayAnswer(useMe(), into.id)
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/merges',
    { params: { path: { organisation_id: organisation.id } } },
    byCursor,
  )
  const standing = list.data?.pages
    .flatMap((page) => page.items)
    .find((one) => one.organisation.id === organisation.id && !one.undone_at)
  const until = standing && formatDay(standing.undo_until)
  const undo = () =>
    write(
      api.POST('/api/v1/organisations/{organisation_id}/merge/undo', {
        params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) },
      }),
      t`The merge has been undone. The two are separate organisations again.`,
    )
  return (
    <Block mb="m">
      <InlineAlert labelText={t`This organisation has been merged with another one`}>
        <p>
          {t`It goes on as:`}{' '}
          <Link to={`organisations/${into.id}`}>
            <Texts of={into.names} />
          </Link>
        </p>
        {until && (
          <p>{t`The merge can be undone until ${until}, as long as nothing that it moved has been changed.`}</p>
        )}
      </InlineAlert>
      {standing && (may || own) && (
        <Actions
          of={[{ action: 'undo', allowed: true }]}
          run={{ undo: { ends: true, label: t`Undo the merge`, onClick: undo } }}
        />
      )}
    </Block>
  )
}

function Merge({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  return (
    <Actions
      of={[{ action: 'merge', allowed: true }]}
      run={{
        merge: {
          ends: true,
          label: t`Merge with another organisation`,
          form: (close) => <MergeForm organisation={organisation} close={close} />,
        },
      }}
    />
  )
}

/** Into which other, after a look at what would move and what stands against it. */
function MergeForm({ organisation, close }: { organisation: Organisation; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const [into, setInto] = useState<Picked | null>(null)
  const [reason, setReason] = useState('')
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
            {t`Use this when the same organisation is here twice. This one is archived, and what it has goes to the other one. Signed and submitted papers keep their names.`}
          </p>
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

function Preview({ organisation, into }: { organisation: string; into: string }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}/merge', {
    params: { path: { organisation_id: organisation }, query: { into } },
  })
  return (
    <Loaded query={found}>
      {({ people, ...seen }) => (
        <section aria-live="polite">
          {seen.obstacles.length > 0 ? (
            <InlineAlert status="error" labelText={t`These stand against the merge`}>
              <ul>
                {seen.obstacles.map((one) => (
                  <li key={one.code}>{t(enumLabels.MergeObstacleCode[one.code])}</li>
                ))}
              </ul>
            </InlineAlert>
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
              </ul>
              <p>{t`People in the two organisations, who are told: ${people}`}</p>
            </>
          )}
        </section>
      )}
    </Loaded>
  )
}
