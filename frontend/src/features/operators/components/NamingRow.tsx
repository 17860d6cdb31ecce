import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay, formatMoment, lastDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { Actions } from '../../../ui/Actions'
import { Row } from '../../../ui/Cards'
import { Facts } from '../../../ui/Facts'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { StatusTag } from '../../../ui/StatusTag'
import { useWrite } from '../../../ui/useWrite'

type Naming = Schemas['NamingPublic']

const STATES: Record<Schemas['NamingState'], MessageDescriptor> = {
  waiting: msg`Open for objections`,
  done: msg`Role offered`,
  objected: msg`Objected to`,
  withdrawn: msg`Withdrawn`,
  lapsed: msg`Lapsed`,
}
const base = '/api/v1/namings/{naming_id}' as const

/** Whom an operator named, why, until when one can object, and what came of it. */
export function NamingRow({ of }: { of: Naming }) {
  const { t } = useLingui()
  const write = useWrite('namings', 'tasks')
  const params = { path: { naming_id: of.id } }
  const nobody = t`Erased person`
  const waits = of.state === 'waiting'
  return (
    <Row
      head={`${t(enumLabels.Role[of.role])}: ${of.name}`}
      status={<StatusTag tone={waits ? 'warning' : undefined}>{t(STATES[of.state])}</StatusTag>}
      meta={[formatMoment(of.created_at), of.email]}
    >
      <Facts
        facts={[
          [t`Operator`, of.proposed_by ?? nobody],
          [t`Reason`, of.reason],
          [t`Objections until the end of`, waits && formatDay(lastDay(of.due_at))],
          [t`Second operator`, of.needs_second && t`has not confirmed it yet`],
          [t`Confirmed by a second operator`, of.confirmed_at && formatMoment(of.confirmed_at)],
          [t`Objected to by`, of.state === 'objected' && (of.objected_by ?? nobody)],
          [t`Reason of the objection`, of.objection],
        ]}
      />
      <Actions
        of={of.available_actions}
        about={of.name}
        run={{
          object: { label: t`Object`, form: (close) => <Objection of={of} close={close} /> },
          confirm: {
            label: t`Confirm as the second operator`,
            onClick: () => write(api.POST(`${base}/confirm`, { params }), t`The naming has been confirmed.`),
          },
          withdraw: {
            label: t`Withdraw the naming`,
            ends: true,
            onClick: () => write(api.POST(`${base}/withdraw`, { params }), t`The naming has been withdrawn.`),
          },
        }}
      />
    </Row>
  )
}

function Objection({ of, close }: { of: Naming; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('namings', 'tasks')
  const [reason, setReason] = useState('')
  return (
    <Form
      label={t`Object`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (reason.trim().length >= 10 ? {} : { '/reason': t`Write a reason of at least ten characters.` })}
      send={async () => {
        const call = api.POST(`${base}/object`, { params: { path: { naming_id: of.id } }, body: { reason } })
        await write(call, t`You have objected. The naming takes no effect.`)
        close()
      }}
    >
      {(faultOf) => (
        <TextArea
          label={t`Reason`}
          hint={t`The operator and the people here see it.`}
          name="reason"
          value={reason}
          onChange={setReason}
          fault={faultOf('/reason')}
          limit={1000}
        />
      )}
    </Form>
  )
}
