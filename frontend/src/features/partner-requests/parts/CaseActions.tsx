import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { Actions } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/write'
import { DecideForm } from './DecideForm'

/** What the reader can do with a case now. */
export function CaseActions({ of }: { of: Schemas['PartnerRequestPublic'] }) {
  const { t } = useLingui()
  const write = useWrite('partner-requests', 'applications', 'tasks')
  const params = { path: { request_id: of.id }, header: withVersion(of.version) }
  return (
    <Actions
      of={of.available_actions}
      run={{
        begin: {
          label: t`Begin to prepare`,
          onClick: () =>
            write(api.POST('/api/v1/partner-requests/{request_id}/begin', { params }), t`Preparation has begun.`),
        },
        decide: {
          label: t`Decide`,
          form: (close) => (
            <DecideForm
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/decide', { params, body }),
                  t`The decision is recorded.`,
                ).then(close)
              }
            />
          ),
        },
        ask_supplement: {
          label: t`Ask for a supplement`,
          form: (close) => (
            <TextForm
              label={t`What is missing`}
              button={t`Send to the applicant`}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/ask_supplement', { params, body: { body } }),
                  t`The applicant has been asked.`,
                ).then(close)
              }
            />
          ),
        },
        answer_supplement: {
          label: t`Answer the authority`,
          form: (close) => (
            <TextForm
              label={t`Your answer`}
              button={t`Send the answer`}
              send={(body) =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/answer_supplement', { params, body: { body } }),
                  t`The answer has been sent.`,
                ).then(close)
              }
            />
          ),
        },
        refer_to_network: {
          label: t`Refer to the network`,
          onClick: () =>
            write(
              api.POST('/api/v1/partner-requests/{request_id}/refer_to_network', { params }),
              t`The applicant has been told that the puumerkki comes first.`,
            ),
        },
        recall: {
          label: t`Take back from preparation`,
          form: (close) => (
            <Form
              label={t`Take back`}
              secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
              send={() =>
                write(
                  api.POST('/api/v1/partner-requests/{request_id}/recall', { params }),
                  t`The authority’s preparation has ended.`,
                ).then(close)
              }
            >
              {() => (
                <p>
                  <Trans>The authority stops preparing. It can begin again later.</Trans>
                </p>
              )}
            </Form>
          ),
        },
      }}
    />
  )
}

function TextForm({
  label,
  button,
  send,
}: {
  label: string
  button: string
  send: (text: string) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  return (
    <Form
      label={button}
      send={() => send(text.trim())}
      check={() => (text.trim() ? {} : { '/body': t`Write something first.` })}
    >
      {(faultOf) => <TextArea label={label} name="body" value={text} onChange={setText} fault={faultOf('/body')} />}
    </Form>
  )
}
