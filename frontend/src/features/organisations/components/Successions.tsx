import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Block, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { useMe } from '../../../lib/me'
import { Actions } from '../../../ui/Actions'
import { Row, Rows } from '../../../ui/Cards'
import { Form } from '../../../ui/Form'
import { Link } from '../../../ui/Link'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { Texts } from '../../../ui/Texts'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Organisation } from './Frame'
import { mayAnswer } from './rights'

type Archiving = Schemas['ArchivingPublic']

/** Who stands in an archived organisation's place, or is asked to. */
export function SuccessorLink({ of, successor }: { of: Archiving; successor: NonNullable<Archiving['successor']> }) {
  const { t } = useLingui()
  const since = of.succeeded_at && formatDay(of.succeeded_at)
  const said = since
    ? t`took its place: ${since}`
    : of.successor_answer === 'accepted'
      ? t`has accepted`
      : of.successor_answer === 'declined'
        ? t`has declined`
        : t`has been asked`
  return (
    <>
      <Link to={`organisations/${successor.id}`}>
        <Texts of={successor.names} />
      </Link>{' '}
      ({said})
    </>
  )
}

/** In whose place the organisation stands, and in whose it is asked to. */
export function Successions({ organisation, of }: { organisation: Organisation; of: Archiving[] }) {
  const { t } = useLingui()
  const stands = of.filter((one) => one.succeeded_at)
  return (
    <>
      {of
        .filter((one) => !one.succeeded_at && one.successor_answer === null)
        .map((one) => (
          <Asked key={one.id} organisation={organisation} of={one} />
        ))}
      {stands.length > 0 && (
        <section>
          <Heading variant="h2">{t`Took the place of`}</Heading>
          <Rows>
            {stands.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`organisations/${one.organisation.id}`}>
                    <Texts of={one.organisation.names} />
                  </Link>
                }
                meta={[one.succeeded_at && formatDay(one.succeeded_at)]}
              />
            ))}
          </Rows>
        </section>
      )}
    </>
  )
}

function Asked({ organisation, of }: { organisation: Organisation; of: Archiving }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const mine = mayAnswer(useMe(), organisation.id)
  const say = (answer: Schemas['SuccessorAnswer'], done: string) =>
    write(
      api.PUT('/api/v1/organisations/{organisation_id}/archiving/successor/answer', {
        params: { path: { organisation_id: of.organisation.id } },
        body: { answer },
      }),
      done,
    )
  const former = textOf(of.organisation.names)
  return (
    <Block mb="m">
      <InlineAlert labelText={t`Asked to take an archived organisation's place: ${former}`}>
        {t`If the administrator accepts, draft applications, agreements and memberships pass to this organisation. In any one network it has one vote. Accepting cannot be undone.`}
      </InlineAlert>
      <Actions
        about={former}
        of={mine ? ['accept', 'decline'].map((action) => ({ action, allowed: true, blocked_by: null })) : []}
        run={{
          accept: { label: t`Take its place`, onClick: () => say('accepted', t`Accepted.`) },
          decline: { ends: true, label: t`Decline`, onClick: () => say('declined', t`Declined.`) },
        }}
      />
    </Block>
  )
}

/** Another successor of what is archived: its administrator names one; the operator where nobody has an account. */
export function NameSuccessor({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const [successor, setSuccessor] = useState<Picked | null>(null)
  const name = (close: () => void) => (
    <Form
      label={t`Name a successor`}
      check={() => (successor ? {} : { '/successor_id': t`Choose the other organisation.` })}
      send={async () => {
        const call = api.POST('/api/v1/organisations/{organisation_id}/archiving/successor', {
          params: { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) },
          body: { successor_id: successor?.id ?? '' },
        })
        await write(call, t`The successor has been asked.`)
        close()
      }}
    >
      {(faultOf) => (
        <OrganisationPicker
          label={t`Successor`}
          hint={t`Drafts, agreements and memberships pass to it if it accepts. It is asked.`}
          name="successor_id"
          value={successor}
          onChange={setSuccessor}
          fault={faultOf('/successor_id')}
        />
      )}
    </Form>
  )
  return (
    <Actions
      of={[{ action: 'name', allowed: true, blocked_by: null }]}
      run={{ name: { label: t`Name a successor`, form: name } }}
    />
  )
}
