import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { NEEDED } from '../../lib/genericErrors'
import { textOf } from '../../lib/language'
import { Form } from '../Form'
import { ChooseField, RadiosField, TextArea } from '../inputs'

/** Who is tied, to which applicant, and why; of oneself (`me`): which tie does not hold. `votes`: members vote. */
export function RaiseForm({
  people,
  me,
  organisations,
  votes,
  send,
}: {
  people: Schemas['PersonActing'][]
  me?: string
  organisations: Schemas['OrganisationNamed'][]
  votes: boolean
  send: (given: Schemas['TieRaised']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const only = organisations.length === 1 ? organisations[0]?.id : undefined
  const [person, setPerson] = useState(me ?? '')
  const [organisation, setOrganisation] = useState(only ?? '')
  const [reason, setReason] = useState('')
  return (
    <Form
      label={t`Send to be settled`}
      send={() => send({ principal_id: person, organisation_id: organisation, reason: reason.trim() })}
      check={() => ({
        ...(person ? {} : { '/principal_id': t(NEEDED) }),
        ...(organisation ? {} : { '/organisation_id': t(NEEDED) }),
        ...(reason.trim() ? {} : { '/reason': t(NEEDED) }),
      })}
    >
      {(faultOf) => (
        <>
          <p>
            {votes ? (
              <Trans>
                A second person settles this within a week and before the votes are counted. The reason is shown to
                them, to you and to the person.
              </Trans>
            ) : (
              <Trans>
                A second person settles this within a week. The reason is shown to them, to you and to the person.
              </Trans>
            )}
          </p>
          {me === undefined && (
            <ChooseField
              label={t`Person`}
              name="principal_id"
              value={person}
              onChange={setPerson}
              fault={faultOf('/principal_id')}
              options={people.map((one) => ({ value: one.principal_id, label: one.name ?? t`a former user` }))}
            />
          )}
          <ChooseField
            label={t`Applicant`}
            name="organisation_id"
            value={organisation}
            onChange={setOrganisation}
            fault={faultOf('/organisation_id')}
            options={organisations.map((one) => ({ value: one.id, label: textOf(one.names) }))}
          />
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}

/** What the person whom a question is about says to it. */
export function AnswerForm({
  of,
  votes,
  send,
}: {
  of: Schemas['TieQuestionPublic']
  votes: boolean
  send: (given: Schemas['TieAnswered']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [text, setText] = useState(of.answer ?? '')
  return (
    <Form
      label={t`Send the answer`}
      send={() => send({ text: text.trim() })}
      check={() => (text.trim() ? {} : { '/text': t(NEEDED) })}
    >
      {(faultOf) => (
        <>
          <p>{of.reason}</p>
          <p>
            <Trans>
              If it is settled that you have a tie, that takes effect when you have answered, or two days after the
              question was raised.
            </Trans>{' '}
            {votes && <Trans>It always takes effect before the votes are counted.</Trans>}
          </p>
          <TextArea label={t`Answer`} name="text" value={text} onChange={setText} fault={faultOf('/text')} />
        </>
      )}
    </Form>
  )
}

/** Whether the tie holds, and why. */
export function SettleForm({
  of,
  name,
  send,
}: {
  of: Schemas['TieQuestionPublic']
  name: string
  send: (given: Schemas['TieSettled']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [holds, setHolds] = useState('')
  const [reason, setReason] = useState('')
  return (
    <Form
      label={t`Settle`}
      send={() => send({ holds: holds === 'yes', reason: reason.trim() })}
      check={() => ({
        ...(holds ? {} : { '/holds': t(NEEDED) }),
        ...(reason.trim() ? {} : { '/reason': t(NEEDED) }),
      })}
    >
      {(faultOf) => (
        <>
          <p>
            {name}
            {of.organisation && ` – ${textOf(of.organisation.names)}`}
          </p>
          <p>{of.reason}</p>
          {of.answer && (
            <p>
              <Trans>Answer: {of.answer}</Trans>
            </p>
          )}
          <RadiosField
            label={t`Is there a tie?`}
            name="holds"
            value={holds}
            onChange={setHolds}
            fault={faultOf('/holds')}
            options={[
              { value: 'yes', label: t`Yes, the person takes no part` },
              { value: 'no', label: t`No, the person can take part` },
            ]}
          />
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}
