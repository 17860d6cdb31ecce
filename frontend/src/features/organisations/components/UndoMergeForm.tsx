import { useLingui } from '@lingui/react/macro'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { Link } from '../../../ui/Link'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Organisation } from './Frame'
import { Obstacles, Works } from './MergeObstacles'

/** What goes back, what goes along and what stops it, before it is done. */
export function UndoMergeForm({
  organisation,
  into,
  close,
}: {
  organisation: Organisation
  into: NonNullable<Organisation['merged_into']>
  close: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const found = query.useQuery('get', '/api/v1/organisations/{organisation_id}/merge/undo', {
    params: { path: { organisation_id: organisation.id } },
  })
  const cancel = <Button variant="secondary" onClick={close}>{t`Cancel`}</Button>
  return (
    <Loaded query={found}>
      {(seen) =>
        seen.first || seen.obstacles.length > 0 || seen.changed.length > 0 ? (
          <>
            <Stopped seen={seen} into={textOf(into.names)} />
            {cancel}
          </>
        ) : (
          <Form
            label={t`Undo the merge`}
            secondary={cancel}
            send={async () => {
              const call = api.POST('/api/v1/organisations/{organisation_id}/merge/undo', {
                params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) },
              })
              await write(call, t`The merge has been undone. The two are separate organisations again.`)
              close()
            }}
          >
            {() => <Goes seen={seen} />}
          </Form>
        )
      }
    </Loaded>
  )
}

function Goes({ seen: { people, ...seen } }: { seen: Schemas['MergeUndoPreview'] }) {
  const { t } = useLingui()
  const name = textOf(seen.organisation.names)
  return (
    <>
      <p>{t`What the merge moved returns to this organisation: people’s roles, memberships, agreements, numbers and contacts. Organisation: ${name}.`}</p>
      {seen.goes.length > 0 && (
        <>
          <Heading variant="h3">{t`Made after the merge, and goes along with its makers`}</Heading>
          <Works of={seen.goes} />
        </>
      )}
      <p>{t`People in the two organisations, who are told: ${people}`}</p>
      <p>{t`Others who heard of the merge receive an email, too.`}</p>
    </>
  )
}

/** What is settled first. */
function Stopped({ seen, into }: { seen: Schemas['MergeUndoPreview']; into: string }) {
  const { t } = useLingui()
  if (seen.first)
    return (
      <InlineAlert status="error" labelText={t`Undo another merge first`}>
        {t`A later merge builds on this one:`}{' '}
        <Link to={`organisations/${seen.first.id}`}>{textOf(seen.first.names)}</Link>
      </InlineAlert>
    )
  return (
    <>
      {seen.obstacles.length > 0 && <Obstacles label={t`These prevent undoing the merge`} of={seen.obstacles} />}
      {seen.changed.length > 0 && (
        <InlineAlert status="error" labelText={t`Made or changed after the merge`}>
          <p>{t`Others rely on these, or both organisations have worked on them. Withdraw them, or give those who made them another role in the organisation that remains: ${into}. They keep that role.`}</p>
          <Works of={seen.changed} />
        </InlineAlert>
      )}
    </>
  )
}
