import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { useMe } from '../../../lib/me'
import { today } from '../../../lib/today'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty, Failure } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { Texts } from '../../../ui/Texts'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { EndRelation, NewRelation } from './RelationForms'
import { mayAnswer } from './rights'

type Relation = Schemas['RelationPublic']

/** How an organisation stands to others; `editable`: with the ways to change that. */
export function Relations({ organisation, editable = false }: { organisation: string; editable?: boolean }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState<Relation | 'new'>()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/relations',
    { params: { path: { organisation_id: organisation } } },
    byCursor,
  )
  const close = () => setOpened(undefined)
  return (
    <section>
      <Heading variant="h2">{t`Belongs together with`}</Heading>
      <PagedList query={list} empty={<Empty>{t`No unions, members or hosts are told.`}</Empty>}>
        {(relations) => (
          <Rows>
            {relations.map((one) => (
              <Related key={one.id} relation={one} organisation={organisation} editable={editable} end={setOpened} />
            ))}
          </Rows>
        )}
      </PagedList>
      {editable && <Button variant="secondary" onClick={() => setOpened('new')}>{t`Add a relation`}</Button>}
      {opened && (
        <Dialog open title={opened === 'new' ? t`Add a relation` : t`When it ends`} onClose={close}>
          {opened === 'new' ? (
            <NewRelation organisation={organisation} done={close} />
          ) : (
            <EndRelation organisation={organisation} relation={opened} done={close} />
          )}
        </Dialog>
      )}
    </section>
  )
}

function Related({
  relation,
  organisation,
  editable,
  end,
}: {
  relation: Relation
  organisation: string
  editable: boolean
  end: (relation: Relation) => void
}) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const [error, setError] = useState<unknown>()
  const me = useMe()
  const outward = relation.organisation.id === organisation
  const asked = relation.accepted_at === null
  const other = outward ? relation.other : relation.organisation
  const words = {
    umbrella: outward ? t`is its umbrella organisation` : t`is its member`,
    parish_union: outward ? t`is its parish union` : t`is a parish of it`,
    host: asked ? t`asked to be its host` : outward ? t`answers for it` : t`is hosted by it`,
  }
  const params = {
    path: { organisation_id: organisation, relation_id: relation.id },
    header: withVersion(relation.version),
  }
  const begun = relation.starts_on <= today()
  const over = relation.ends_on !== null && relation.ends_on <= today()
  const removed = begun ? t`The relation ends today.` : t`The relation is removed.`
  const removes = begun ? t`End it today` : t`Remove, it never was`
  const remove = (said: string) =>
    write(api.DELETE('/api/v1/organisations/{organisation_id}/relations/{relation_id}', { params }), said).catch(
      setError,
    )
  const accept = () =>
    write(
      api.POST('/api/v1/organisations/{organisation_id}/relations/{relation_id}/accept', { params }),
      t`You are the host of the group from now on.`,
    ).catch(setError)
  return (
    <Row
      head={
        <Link to={`organisations/${other.id}`}>
          <Texts of={other.names} />
        </Link>
      }
      meta={[
        asked && !outward ? t`says that this organisation is its host` : words[relation.kind],
        asked && t`not accepted yet`,
        t`since ${formatDay(relation.starts_on)}`,
        relation.ends_on && t`until ${formatDay(relation.ends_on)}`,
      ]}
    >
      {editable && asked && (
        <>
          {!outward && mayAnswer(me, organisation) && (
            <Button variant="secondary" onClick={accept}>{t`Accept as the host`}</Button>
          )}
          <Button
            variant="secondaryNoBorder"
            onClick={() => remove(outward ? t`The request is withdrawn.` : t`You have said no.`)}
          >
            {outward ? t`Withdraw the request` : t`Say no`}
          </Button>
        </>
      )}
      {editable && !asked && (
        <>
          <Button variant="secondaryNoBorder" onClick={() => end(relation)}>{t`When it ends`}</Button>
          {!over && (
            <Button variant="secondaryNoBorder" onClick={() => remove(removed)}>
              {removes}
            </Button>
          )}
        </>
      )}
      {error !== undefined && <Failure error={error} />}
    </Row>
  )
}
