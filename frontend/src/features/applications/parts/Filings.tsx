import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay, formatMoney } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { filingState } from '../../../lib/states'
import { toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField, MoneyField } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { StatusTag } from '../../../ui/StatusTag'
import { useWrite } from '../../../ui/write'
import { useMayWrite } from './mine'

type Application = Schemas['ApplicationPublic']

/** The funders an application goes to, and what came of it; applicants plan further ones here. */
export function Filings({ application }: { application: Application }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const list = query.useQuery('get', '/api/v1/filings', {
    params: { query: { application: application.id, limit: 200 } },
  })
  const mayPlan = useMayWrite(application) && application.state !== 'withdrawn'
  return (
    <section aria-label={t`Funders`}>
      <Heading variant="h2">{t`Funders`}</Heading>
      <Loaded query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>
              <Trans>This application has not been sent to any funder yet.</Trans>
            </p>
          ) : (
            <Rows>
              {items.map((one) => (
                <Row
                  key={one.id}
                  head={<Link to={`filings/${one.id}`}>{textOf(one.funder_names)}</Link>}
                  status={<StatusTag tone={toneOf(one.state)}>{t(filingState[one.state])}</StatusTag>}
                  meta={[
                    one.filed_on && t`sent ${formatDay(one.filed_on)}`,
                    one.applied_cents !== null && t`applied for ${formatMoney(one.applied_cents)}`,
                    one.granted_cents !== null && t`granted ${formatMoney(one.granted_cents)}`,
                  ]}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {mayPlan && (
        <Button variant="secondary" onClick={() => setOpened(true)}>
          {t`Plan to send it to a funder`}
        </Button>
      )}
      <Dialog open={opened} title={t`Plan to send it to a funder`} onClose={() => setOpened(false)}>
        <Planning application={application} onDone={() => setOpened(false)} />
      </Dialog>
    </section>
  )
}

/** A funder's calls that are published, as options. */
export function useCallsOf(funder: string | undefined) {
  const params = { query: { funder, state: 'published' as const, limit: 200 } }
  const { data } = query.useQuery('get', '/api/v1/calls', { params }, { enabled: funder !== undefined })
  return (data?.items ?? []).map((one) => ({ value: one.id, label: textOf(one.names) }))
}

function Planning({ application, onDone }: { application: Application; onDone: () => void }) {
  const { t } = useLingui()
  const write = useWrite('filings', 'applications')
  const [funder, setFunder] = useState<Picked | null>(null)
  const [call, setCall] = useState('')
  const [applied, setApplied] = useState(application.amount_cents)
  const calls = useCallsOf(funder?.id)
  const own = calls.some((one) => one.value === application.call_id) ? application.call_id : null

  async function send() {
    const body = {
      application_id: application.id,
      funder_id: funder?.id ?? '',
      call_id: (call || own) ?? null,
      applied_cents: applied,
    }
    await write(api.POST('/api/v1/filings', { body }), t`The filing is planned.`)
    onDone()
  }

  return (
    <Form
      send={send}
      label={t`Plan it`}
      secondary={<Button variant="secondary" onClick={onDone}>{t`Cancel`}</Button>}
      check={() => (funder ? {} : { '/funder_id': t`Choose a funder.` })}
    >
      {(faultOf) => (
        <>
          <OrganisationPicker
            label={t`Funder`}
            name="funder_id"
            value={funder}
            onChange={(picked) => {
              setFunder(picked)
              setCall('')
            }}
            fault={faultOf('/funder_id')}
          />
          {calls.length > 0 && (
            <ChooseField
              label={t`Funding call`}
              name="call_id"
              value={call || own || ''}
              onChange={setCall}
              fault={faultOf('/call_id')}
              optional
              none={t`No call`}
              options={calls}
            />
          )}
          <MoneyField
            label={t`Sum applied for`}
            name="applied_cents"
            value={applied}
            onChange={setApplied}
            fault={faultOf('/applied_cents')}
            optional
          />
        </>
      )}
    </Form>
  )
}
