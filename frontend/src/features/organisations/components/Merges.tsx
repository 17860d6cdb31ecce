import { useLingui } from '@lingui/react/macro'
import { Block, Heading, InlineAlert } from 'suomifi-ui-components'
import { query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { isOperator, scopesOf, useMe, useSignedIn } from '../../../lib/me'
import { useOrganisationNames } from '../../../lib/organisationNames'
import { Actions } from '../../../ui/Actions'
import { Link } from '../../../ui/Link'
import { byCursor } from '../../../ui/PagedList'
import { Texts } from '../../../ui/Texts'
import type { Organisation } from './Frame'
import { MergeForm } from './MergeForm'
import { mayAnswer } from './rights'
import { UndoMergeForm } from './UndoMergeForm'

/** That the organisation stands in the directory twice: where it goes on, and how two are made one, or two again. */
export function Merges({ organisation }: { organisation: Organisation }) {
  const may = useMayMerge(organisation)
  return (
    <>{organisation.merged_into && <Merged organisation={organisation} into={organisation.merged_into} may={may} />}</>
  )
}

/** For whoever merges: the way to it. */
export function MergeAction({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const may = useMayMerge(organisation)
  if (!may || organisation.state !== 'active') return null
  return (
    <section>
      <Heading variant="h2">{t`Is this organisation here twice?`}</Heading>
      <Actions
        about={t`Merging`}
        of={[{ action: 'merge', allowed: true }]}
        run={{
          merge: {
            ends: true,
            label: t`Merge with another organisation`,
            form: (close) => <MergeForm organisation={organisation} close={close} />,
          },
        }}
      />
    </section>
  )
}

function useMerges(organisation: Organisation) {
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/merges',
    { params: { path: { organisation_id: organisation.id } } },
    { ...byCursor, enabled: useSignedIn() },
  )
  return list.data?.pages.flatMap((page) => page.items).filter((one) => !one.undone_at) ?? []
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
  const own = mayAnswer(useMe(), into.id)
  const standing = useMerges(organisation).find((one) => one.organisation.id === organisation.id)
  const until = standing && formatDay(standing.undo_until)
  return (
    <Block mb="m">
      <InlineAlert labelText={t`This organisation has been merged with another one`}>
        <p>
          {t`It goes on as:`}{' '}
          <Link to={`organisations/${into.id}`}>
            <Texts of={into.names} />
          </Link>
        </p>
        {until && <p>{t`The merge can be undone until ${until}, as long as nothing prevents it.`}</p>}
      </InlineAlert>
      {standing && (may || own) && (
        <Actions
          of={[{ action: 'undo', allowed: true }]}
          run={{
            undo: {
              ends: true,
              label: t`Undo the merge`,
              form: (close) => <UndoMergeForm organisation={organisation} into={into} close={close} />,
            },
          }}
        />
      )}
    </Block>
  )
}

/** With which other organisation it was merged, or is no more. */
export function MergedWith({ event, organisation }: { event: Schemas['TimelineEvent']; organisation: string }) {
  const merge = event.type === 'organisation.merged' || event.type === 'organisation.merge_undone'
  const other = event.subject.id === organisation ? String(event.data.into_id) : event.subject.id
  const name = useOrganisationNames(merge ? [other] : []).get(other)
  if (!name) return null
  return (
    <span>
      <Link to={`organisations/${other}`}>{name}</Link>
    </span>
  )
}
