import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Block, Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, ask, type Schemas } from '../../../api/client'
import { formatDay, formatMoment } from '../../../lib/format'
import { inLanguage, textOf } from '../../../lib/language'
import { useMunicipalities } from '../../../lib/municipalities'
import { Dialog } from '../../../ui/Dialog'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextField } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Organisation } from './Frame'
import { Namesakes } from './Namesakes'

type Standing = Schemas['ConfirmationPublic']

/** On the page of an organisation that is not confirmed: what it may do, who confirms it, and their two buttons. */
export function Confirmation({ organisation }: { organisation: Organisation }) {
  const path = { organisation_id: organisation.id }
  // keyed by the version: once it is confirmed it is not asked about again
  const found = useQuery({
    queryKey: ['confirmation', organisation.id, organisation.version],
    queryFn: () => ask(api.GET('/api/v1/organisations/{organisation_id}/confirmation', { params: { path } })),
    placeholderData: (before, was) => (was?.queryKey[1] === organisation.id ? before : undefined),
  })
  if (found.error) return <Failure error={found.error} />
  if (!found.data) return null
  return (
    <Block mb="m">
      {found.data.may_confirm ? (
        <Answer organisation={organisation} standing={found.data} />
      ) : (
        <Waits organisation={organisation} standing={found.data} />
      )}
    </Block>
  )
}

/** For its own people: what waits, and after a refusal how to go on. */
function Waits({ organisation, standing }: { organisation: Organisation; standing: Standing }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const [error, setError] = useState<unknown>()
  const params = { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) }
  const refused = standing.asked_at === null && standing.reason !== null
  const askAgain = () =>
    write(
      api.POST('/api/v1/organisations/{organisation_id}/ask-confirmation', { params }),
      t`Confirmation has been asked for.`,
    ).catch(setError)
  const day = formatDay(standing.confirm_by)
  const operators = formatDay(standing.operators_from ?? '')
  return (
    <InlineAlert
      status={refused ? 'warning' : 'neutral'}
      labelText={refused ? t`The organisation was not confirmed` : t`The organisation waits for confirmation`}
    >
      {refused && (
        <>
          <p>{t`Reason: ${standing.reason}`}</p>
          <p>{t`Correct the details, then ask again.`}</p>
        </>
      )}
      <p>
        <Trans>
          It may already write drafts, and it may be invited to networks and asked to apply together. It may not yet
          submit, vote, sign or record, and others do not see it.
        </Trans>
      </p>
      {!refused && <p>{whoConfirms()}</p>}
      {day && <p>{t`The answer is hoped for by ${day}.`}</p>}
      {error !== undefined && <Failure error={error} />}
      {standing.may_ask && refused && <Button onClick={askAgain}>{t`Ask for confirmation again`}</Button>}
    </InlineAlert>
  )

  function whoConfirms() {
    if (standing.for_operator) return t`The name holds a word that belongs to authorities, so the operator confirms it.`
    if (!standing.officers_of) return t`The operator confirms it.`
    return t`Confirmed by an officer of the home municipality: ${textOf(standing.officers_of.names)}. From ${operators} the operator can also be asked.`
  }
}

/** For who can confirm it: the facts that tell, and what to answer. */
function Answer({ organisation, standing }: { organisation: Organisation; standing: Standing }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'tasks')
  const municipalities = useMunicipalities()
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const { text, lang } = inLanguage(organisation.names)
  const params = { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) }
  const confirm = () =>
    write(
      api.POST('/api/v1/organisations/{organisation_id}/confirm', { params }),
      t`The organisation has been confirmed.`,
    ).catch(setError)
  const added = formatMoment(standing.added_at)
  return (
    <section>
      <Heading variant="h2">{t`Is this organisation what it says?`}</Heading>
      <p>
        <span lang={lang}>{text}</span>
        {organisation.home_municipality_code && `, ${municipalities.name(organisation.home_municipality_code)}`}
      </p>
      <p>{standing.added_by ? t`Added by: ${standing.added_by}, ${added}` : t`Added: ${added}`}</p>
      <p>
        <Trans>
          Compare the details with the register. Once confirmed, everybody sees the organisation, and it may submit,
          vote and sign.
        </Trans>
      </p>
      {standing.reason && <p>{t`Refused before: ${standing.reason}`}</p>}
      {standing.namesakes.length > 0 && (
        <>
          <Heading variant="h3">{t`Organisations with a name like this`}</Heading>
          <Namesakes of={standing.namesakes} />
        </>
      )}
      {error !== undefined && <Failure error={error} />}
      <Block mt="s">
        <Button onClick={confirm}>{t`Confirm the organisation`}</Button>{' '}
        <Button variant="secondary" onClick={() => setRefusing(true)}>{t`Do not confirm`}</Button>
      </Block>
      {refusing && (
        <Dialog open title={t`Do not confirm the organisation`} onClose={() => setRefusing(false)}>
          <Form
            label={t`Send the reason`}
            send={async () => {
              await write(
                api.POST('/api/v1/organisations/{organisation_id}/refuse-confirmation', { params, body: { reason } }),
                t`The reason has been sent.`,
              )
              setRefusing(false)
            }}
          >
            {(faultOf) => (
              <TextField
                label={t`What needs to be corrected`}
                hint={t`The people of the organisation read this, and may ask again.`}
                name="reason"
                value={reason}
                onChange={setReason}
                fault={faultOf('/reason')}
              />
            )}
          </Form>
        </Dialog>
      )}
    </section>
  )
}
