import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { useMembers } from '../../../lib/members'
import { today } from '../../../lib/today'
import { type Faults, Form } from '../../../ui/Form'
import { DateField, RadiosField, TextArea } from '../../../ui/inputs'
import { SeveralField } from '../../../ui/SeveralField'
import { type Handling, step, useHandlingWrite } from './handling'

const WAYS: Schemas['AgreedHow'][] = ['meeting', 'in_writing']

/** What an advisory network thinks of the application, and which of its members agreed on that. */
export function StatementForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const { options } = useMembers(handling.network_id)
  const [statement, setStatement] = useState('')
  const [how, setHow] = useState<Schemas['AgreedHow']>('meeting')
  const [day, setDay] = useState<string | null>(today())
  const [members, setMembers] = useState<string[]>([])
  const check = (): Faults => ({
    ...(statement.trim() ? {} : { '/statement': t(NEEDED) }),
    ...(day ? {} : { '/agreed_on': t(NEEDED) }),
    ...(members.length > 0 ? {} : { '/agreed_member_ids': t(NEEDED) }),
  })
  const send = async () => {
    const body = { statement: statement.trim(), agreed_how: how, agreed_on: day ?? '', agreed_member_ids: members }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/give_statement', { ...step(handling), body }),
      t`The statement is given`,
    )
    close()
  }
  return (
    <Form label={t`Give the statement`} check={check} send={send}>
      {(faultOf) => (
        <>
          <TextArea
            label={t`The network's statement`}
            name="statement"
            value={statement}
            onChange={setStatement}
            fault={faultOf('/statement')}
          />
          <SeveralField
            label={t`Members that agreed`}
            name="agreed_member_ids"
            value={members}
            onChange={setMembers}
            options={options}
            fault={faultOf('/agreed_member_ids')}
          />
          <RadiosField
            label={t`How they agreed`}
            name="agreed_how"
            value={how}
            onChange={(value) => setHow(value as Schemas['AgreedHow'])}
            options={WAYS.map((one) => ({ value: one, label: t(enumLabels.AgreedHow[one]) }))}
            fault={faultOf('/agreed_how')}
          />
          <DateField
            label={t`Day of agreement`}
            name="agreed_on"
            value={day}
            onChange={setDay}
            fault={faultOf('/agreed_on')}
          />
        </>
      )}
    </Form>
  )
}
