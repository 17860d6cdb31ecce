import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Link as Anchor, Block, Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { isOperator, useMe } from '../../../lib/me'
import { type Action, Actions, type Runs } from '../../../ui/Actions'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { byCursor } from '../../../ui/PagedList'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { archivingReason } from './archivingReasons'
import type { Organisation } from './Frame'
import { mayAnswer, mayObject } from './rights'
import { NameSuccessor, Successions, SuccessorLink } from './Successions'

type Archiving = Schemas['ArchivingPublic']
type Answer = 'object' | 'agree' | 'drop'

/** Why the organisation is to be archived, or was, and what its people answer. */
export function Archivings({ organisation }: { organisation: Organisation }) {
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/archivings',
    { params: { path: { organisation_id: organisation.id } } },
    byCursor,
  )
  if (list.error) return <Failure error={list.error} />
  const known = list.data?.pages.flatMap((page) => page.items) ?? []
  const own = known.filter((one) => one.organisation.id === organisation.id)
  const others = known.filter((one) => one.organisation.id !== organisation.id)
  return (
    <>
      <Successions organisation={organisation} of={others} />
      {own[0]?.state === 'open' && <Open organisation={organisation} of={own[0]} />}
      {own[0]?.state === 'effected' && <Effected organisation={organisation} of={own[0]} />}
      {own[0]?.state === 'objected' && <Objected of={own[0]} />}
    </>
  )
}

function useFacts(of: Archiving): [string, ReactNode][] {
  const { t } = useLingui()
  return [
    [t({ message: 'Reason', context: 'archiving' }), t(archivingReason[of.reason])],
    [t({ message: 'Source', context: 'archiving' }), of.source],
    [t`On the web`, of.source_url && <Anchor href={of.source_url}>{of.source_url}</Anchor>],
    [t`Successor`, of.successor && <SuccessorLink of={of} successor={of.successor} />],
  ]
}

function Open({ organisation, of }: { organisation: Organisation; of: Archiving }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('organisations', 'tasks')
  const facts = useFacts(of)
  const at = { params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) } }
  const base = '/api/v1/organisations/{organisation_id}/archiving' as const
  const run: Runs<Answer> = {
    agree: {
      ends: true,
      label: t`Archive now`,
      onClick: () => write(api.POST(`${base}/agree`, at), t`The organisation is archived.`),
    },
    object: {
      label: t`Object to the archiving`,
      form: (close) => <ObjectForm organisation={organisation} close={close} />,
    },
    drop: {
      ends: true,
      label: t`Drop the proposal to archive`,
      onClick: () => write(api.POST(`${base}/drop`, at), t`The proposal is dropped. The organisation has been told.`),
    },
  }
  const can: [Answer, boolean][] = [
    ['object', mayObject(me, organisation.id)],
    ['agree', mayAnswer(me, organisation.id)],
    ['drop', isOperator(me)],
  ]
  const possible = can.flatMap(([action, may]): Action<Answer>[] => (may ? [{ action, allowed: true }] : []))
  const day = formatDay(of.last_day)
  return (
    <Block mb="m">
      <InlineAlert labelText={t`It has been proposed to archive the organisation`}>
        {t`Its administrator or signatory can object. Last day to object: ${day}. Without an objection it is archived after that.`}
      </InlineAlert>
      <Facts facts={facts} />
      <Actions of={possible} run={run} />
    </Block>
  )
}

function Effected({ organisation, of }: { organisation: Organisation; of: Archiving }) {
  const { t } = useLingui()
  const me = useMe()
  const facts = useFacts(of)
  const names =
    of.successor_answer !== 'accepted' && !of.succeeded_at && (mayAnswer(me, organisation.id) || isOperator(me))
  return (
    <section>
      <Heading variant="h2">{t`Why the organisation is archived`}</Heading>
      <Facts facts={[[t({ message: 'Archived', context: 'day' }), of.ended_at && formatDay(of.ended_at)], ...facts]} />
      {names && <NameSuccessor organisation={organisation} />}
    </section>
  )
}

function Objected({ of }: { of: Archiving }) {
  const { t } = useLingui()
  const facts = useFacts(of)
  return (
    <section>
      <Heading variant="h2">{t`The organisation objected to being archived`}</Heading>
      <Facts facts={[...facts, [t({ message: 'Objection', context: 'archiving' }), of.objection]]} />
    </section>
  )
}

function ObjectForm({ organisation, close }: { organisation: Organisation; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const [objection, setObjection] = useState('')
  const at = { params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) } }
  return (
    <Form
      label={t`Object to the archiving`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (objection.trim() ? {} : { '/objection': t`Tell why the organisation is not to be archived.` })}
      send={async () => {
        const call = api.POST('/api/v1/organisations/{organisation_id}/archiving/object', {
          ...at,
          body: { objection },
        })
        await write(call, t`The organisation is not archived. The operator has been told.`)
        close()
      }}
    >
      {(faultOf) => (
        <TextArea
          label={t`Why the organisation is not to be archived`}
          hint={t`The operator sees it.`}
          name="objection"
          value={objection}
          onChange={setObjection}
          fault={faultOf('/objection')}
          limit={2000}
        />
      )}
    </Form>
  )
}
