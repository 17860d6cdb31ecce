import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { useMembers } from '../../../lib/members'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField, RadiosField } from '../../../ui/inputs'
import { PersonField } from '../../../ui/PersonField'
import { StatusTag } from '../../../ui/StatusTag'
import { type Meeting, useMeetingWrite } from './meeting'

type Choice = Schemas['RoleChoicePublic']

/** Whom the meeting chose as chair or secretary; two members confirm it. */
export function Choices({ meeting, records }: { meeting: Meeting; records: boolean }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const members = useMembers(meeting.network_id)
  const [recording, setRecording] = useState(false)
  const [error, setError] = useState<unknown>()
  const may = records && meeting.state === 'held'
  if (meeting.role_choices.length === 0 && !may) return null
  const confirm = (one: Choice) => {
    setError(undefined)
    const params = { path: { meeting_id: meeting.id, choice_id: one.id } }
    return write(
      api.POST('/api/v1/meetings/{meeting_id}/role-choices/{choice_id}/confirm', { params }),
      t`The choice has been confirmed`,
    ).catch(setError)
  }
  const by = (one: Choice) => one.confirmed_by_member_ids.map((id) => members.name(id) ?? t`a former member`).join(', ')
  return (
    <section>
      <Heading variant="h2">{t`Chair and secretary chosen`}</Heading>
      {error !== undefined && <Failure error={error} />}
      <Rows>
        {meeting.role_choices.map((one) => (
          <Row
            key={one.id}
            head={one.name}
            status={
              one.confirmed_at ? (
                <StatusTag tone="good">{t`Confirmed ${formatDay(one.confirmed_at)}`}</StatusTag>
              ) : (
                <StatusTag tone="warning">{t`Two members must confirm this`}</StatusTag>
              )
            }
            meta={[t(enumLabels.Role[one.role]), members.known && by(one) && t`Confirmed by: ${by(one)}`]}
          >
            {one.may_confirm && (
              <Button variant="secondary" aria-label={t`Confirm: ${one.name}`} onClick={() => confirm(one)}>
                {t`Confirm`}
              </Button>
            )}
          </Row>
        ))}
      </Rows>
      {may && (
        <Button variant="secondary" onClick={() => setRecording(true)}>{t`Record whom the meeting chose`}</Button>
      )}
      <Dialog open={recording} title={t`Record whom the meeting chose`} onClose={() => setRecording(false)}>
        <ChoiceForm meeting={meeting} close={() => setRecording(false)} />
      </Dialog>
    </section>
  )
}

function ChoiceForm({ meeting, close }: { meeting: Meeting; close: () => void }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const [role, setRole] = useState<Schemas['ChosenRole'] | ''>('')
  const [person, setPerson] = useState('')
  const officers = query.useQuery('get', '/api/v1/networks/{network_id}/officers', {
    params: { path: { network_id: meeting.network_id } },
  })
  const held = (officers.data?.items ?? []).filter((one) => one.role === role)
  const send = async () => {
    const params = { path: { meeting_id: meeting.id } }
    const body = { role: role as Schemas['ChosenRole'], principal_id: person }
    await write(
      api.POST('/api/v1/meetings/{meeting_id}/role-choices', { params, body }),
      t`The choice has been recorded. Two members confirm it.`,
    )
    close()
  }
  const check = () => ({
    ...(role ? {} : { '/role': t(NEEDED) }),
    ...(person ? {} : { '/principal_id': t(NEEDED) }),
  })
  return (
    <Form label={t`Record`} send={send} check={check}>
      {(faultOf) => (
        <>
          <p>{t`Whoever the members have chosen can be the second person of a step. The coordinator's own organisation confirms no choice.`}</p>
          <RadiosField
            label={t`Office`}
            name="role"
            value={role}
            onChange={(value) => {
              setRole(value as Schemas['ChosenRole'])
              setPerson('')
            }}
            options={(['chair', 'secretary'] as const).map((one) => ({ value: one, label: t(enumLabels.Role[one]) }))}
            fault={faultOf('/role')}
          />
          {held.length > 0 && (
            <ChooseField
              label={t`Who holds the office now`}
              name="held"
              value={held.some((one) => one.principal_id === person) ? person : ''}
              onChange={setPerson}
              options={held.map((one) => ({ value: one.principal_id, label: one.name }))}
              fault={faultOf('/principal_id')}
              optional
            />
          )}
          <PersonField
            networkId={meeting.network_id}
            label={held.length > 0 ? t`Or somebody else` : t`Person`}
            name="principal_id"
            value={held.some((one) => one.principal_id === person) ? '' : person}
            onChange={setPerson}
            fault={faultOf('/principal_id')}
            optional={held.length > 0}
          />
        </>
      )}
    </Form>
  )
}
