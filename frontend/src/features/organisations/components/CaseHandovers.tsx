import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { useWrite } from '../../../ui/useWrite'

type Handover = Schemas['CaseHandoverPublic']

/** Cases of an authority in which everybody in office has a conflict of interest: an owner names who acts instead. */
export function CaseHandovers({ authority }: { authority: string }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/case-handovers', {})
  if (found.error && !found.data) return <Failure error={found.error} />
  const cases = found.data?.items.filter((one) => one.authority.id === authority) ?? []
  if (cases.length === 0) return null
  return (
    <section>
      <Heading variant="h2">{t`Cases to hand over`}</Heading>
      {cases.some((one) => one.handed_to === null) && (
        <InlineAlert labelText={t`A case waits for a person`}>
          <Trans>
            Everybody whose case it would be has a conflict of interest. Name another person. You do not see the case
            itself.
          </Trans>
        </InlineAlert>
      )}
      <Rows>
        {cases.map((one) => (
          <HandoverRow key={one.id} of={one} />
        ))}
      </Rows>
    </section>
  )
}

function HandoverRow({ of }: { of: Handover }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const write = useWrite('case-handovers', 'partner-requests', 'tasks')
  const task = of.office === 'officer' ? t`Preparing the case` : t`Deciding the case`
  return (
    <Row
      head={of.case_number}
      status={of.handed_to ? t`Handed over` : t`Waits for a person`}
      meta={[
        task,
        t`Arrived ${formatMoment(of.arrived_at)}`,
        of.handed_to && t`Handed over to: ${of.handed_to.name ?? t`a former user`}`,
        !of.may_hand_over && t`You have a conflict of interest in this case. Another administrator names the person.`,
        of.may_hand_over &&
          of.candidates.length === 0 &&
          t`Nobody here can take the case. Invite somebody, and then name them.`,
      ]}
    >
      {of.candidates.length > 0 && (
        <>
          <Button
            variant="secondary"
            onClick={() => setOpen(true)}
          >{t`Name who acts instead: ${of.case_number}`}</Button>
          <Dialog open={open} title={t`Name who acts instead`} onClose={() => setOpen(false)}>
            <HandoverForm
              of={of}
              task={task}
              send={(body) =>
                write(
                  api.PUT('/api/v1/case-handovers/{handover_id}', { params: { path: { handover_id: of.id } }, body }),
                  t`The case has been handed over.`,
                ).then(() => setOpen(false))
              }
            />
          </Dialog>
        </>
      )}
    </Row>
  )
}

function HandoverForm({
  of,
  task,
  send,
}: {
  of: Handover
  task: string
  send: (given: Schemas['HandoverGiven']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [person, setPerson] = useState('')
  return (
    <Form
      label={t`Hand over`}
      send={() => send({ principal_id: person })}
      check={() => (person ? {} : { '/principal_id': t(NEEDED) })}
    >
      {(faultOf) => (
        <>
          <p>
            {of.case_number} – {task}
          </p>
          <p>
            <Trans>The person reads this case and acts in it until somebody in office can. They get an email.</Trans>
          </p>
          <ChooseField
            label={t`Who acts instead`}
            name="principal_id"
            value={person}
            onChange={setPerson}
            fault={faultOf('/principal_id')}
            options={of.candidates.map((one) => ({ value: one.principal_id, label: one.name ?? t`a former user` }))}
          />
        </>
      )}
    </Form>
  )
}
