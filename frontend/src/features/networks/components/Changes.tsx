import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { scopesOf, useMe } from '../../../lib/me'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Network } from './NetworkFrame'
import { useMyPart } from './roles'
import { Section } from './Section'

type Change = Schemas['AnnouncedChange']
type Answer = Schemas['AuthorityAnswer']

/** What the network has announced to the authorities whose requirements name it, and what they answered. */
export function Changes({ network }: { network: Network }) {
  const { t } = useLingui()
  if (network.changes.length === 0) return null
  return (
    <Section title={t`Announced changes`}>
      {network.changes.map((one) => (
        <OneChange key={one.change} network={network} of={one} />
      ))}
    </Section>
  )
}

function OneChange({ network, of }: { network: Network; of: Change }) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const part = useMyPart(network.id)
  const decides = scopesOf(useMe(), 'organisation', 'gate_policies:manage')
  const [answering, setAnswering] = useState<Answer>()
  const [error, setError] = useState<unknown>()
  const { change } = of
  const drop = () => {
    setError(undefined)
    const params = { path: { network_id: network.id, change } }
    return write(
      api.POST('/api/v1/networks/{network_id}/changes/{change}/drop', { params }),
      t`The announcement has been withdrawn`,
    ).catch(setError)
  }
  return (
    <>
      <Facts
        facts={[
          [t({ message: 'Change', context: 'announced' }), t(enumLabels.NetworkChange[change])],
          [t`Reason`, of.reason],
          [t`Announced`, formatDay(of.told_at)],
          [t`Possible at the latest from`, of.possible_on ? formatDay(of.possible_on) : t`now`],
        ]}
      />
      <Rows>
        {of.answers.map((one) => (
          <Row
            key={one.authority_id}
            head={textOf(one.authority_names)}
            meta={[one.answered_at ? t`Answered ${formatDay(one.answered_at)}` : t`No answer yet`, one.answer]}
          >
            {decides.includes(one.authority_id) && (
              <Button variant="secondary" onClick={() => setAnswering(one)}>
                {t`Answer the network`}
              </Button>
            )}
          </Row>
        ))}
      </Rows>
      {error !== undefined && <Failure error={error} />}
      {part.leads && <Button variant="secondary" onClick={drop}>{t`Withdraw the announcement`}</Button>}
      <Dialog open={answering !== undefined} title={t`Answer the network`} onClose={() => setAnswering(undefined)}>
        {answering && (
          <AnswerForm network={network} change={change} of={answering} close={() => setAnswering(undefined)} />
        )}
      </Dialog>
    </>
  )
}

function AnswerForm({
  network,
  change,
  of,
  close,
}: {
  network: Network
  change: Schemas['NetworkChange']
  of: Answer
  close: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const [answer, setAnswer] = useState(of.answer ?? '')
  const send = async () => {
    const params = { path: { network_id: network.id, change, authority_id: of.authority_id } }
    const body = { answer: answer.trim() || null }
    await write(
      api.PUT('/api/v1/networks/{network_id}/changes/{change}/answers/{authority_id}', { params, body }),
      t`The answer has been sent`,
    )
    close()
  }
  return (
    <Form label={t`Send the answer`} send={send}>
      {(faultOf) => (
        <>
          <p>{t`Once every authority has answered, the network can make the change. Check your puumerkki requirement.`}</p>
          <TextArea
            label={t`Answer`}
            name="answer"
            value={answer}
            onChange={setAnswer}
            fault={faultOf('/answer')}
            optional
          />
        </>
      )}
    </Form>
  )
}

/** Tell the authorities that name the network, before it stops deciding, rests or closes. */
export function AnnounceForm({ network, close }: { network: Network; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const known = network.changes.map((one) => one.change)
  const open = CHANGES.filter((one) => !known.includes(one))
  const [change, setChange] = useState<Schemas['NetworkChange'] | ''>('')
  const [reason, setReason] = useState('')
  return (
    <Form
      label={t`Announce`}
      check={() => ({
        ...(change ? {} : { '/change': t`Choose the change.` }),
        ...(reason.trim() ? {} : { '/reason': t`Give the reason.` }),
      })}
      send={async () => {
        const params = { path: { network_id: network.id }, header: withVersion(network.version) }
        const body = { change: change as Schemas['NetworkChange'], reason: reason.trim() }
        await write(
          api.POST('/api/v1/networks/{network_id}/changes', { params, body }),
          t`The change has been announced`,
        )
        close()
      }}
    >
      {(faultOf) => (
        <>
          <p>{t`Authorities whose puumerkki requirement names the network are told. The change is possible once they have answered, or after 30 days.`}</p>
          <RadiosField
            label={t({ message: 'Change', context: 'announced' })}
            name="change"
            value={change}
            onChange={(value) => setChange(value as Schemas['NetworkChange'])}
            options={open.map((one) => ({ value: one, label: t(enumLabels.NetworkChange[one]) }))}
            fault={faultOf('/change')}
          />
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}

const CHANGES: Schemas['NetworkChange'][] = ['stop_deciding', 'rest', 'close']
