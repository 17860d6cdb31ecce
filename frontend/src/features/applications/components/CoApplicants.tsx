import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { refresh } from '../../../lib/refresh'
import { Row, Rows } from '../../../ui/Cards'
import { Failure } from '../../../ui/Feedback'
import { inApp } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { useWrite } from '../../../ui/useWrite'
import { useAnswerLabels } from './writers'

type Application = Schemas['ApplicationPublic']
type CoApplicant = Schemas['CoApplicantPublic']

/** The further applicants with what they answered; who may, answers for its organisation here. */
export function CoApplicants({ application }: { application: Application }) {
  const { t } = useLingui()
  const words = useAnswerLabels()
  if (application.co_applicants.length === 0) return null
  return (
    <Section title={t`Further applicants`}>
      <Rows>
        {application.co_applicants.map((one) => (
          <Row
            key={one.id}
            head={textOf(one.names)}
            meta={[words(one), one.answer === null && one.asked_at && t`Asked on ${formatDay(one.asked_at)}`]}
          >
            {one.may_answer && <Answer application={application} one={one} />}
          </Row>
        ))}
      </Rows>
    </Section>
  )
}

function Answer({ application, one }: { application: Application; one: CoApplicant }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const write = useWrite('tasks')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const name = textOf(one.names)

  async function answer(given: Schemas['ApplicantAnswer'], said: string) {
    if (busy) return
    setBusy(true)
    setError(undefined)
    const params = { path: { application_id: application.id, organisation_id: one.id } }
    const path = '/api/v1/applications/{application_id}/applicants/{organisation_id}'
    try {
      await write(api.PUT(path, { params, body: { answer: given } }), said)
      // who does not apply sees no working copy any more
      if (given !== 'accepted') await navigate({ to: inApp('work').path })
      await refresh(client, ['applications', 'handlings', 'partner-requests'])
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }

  const failure = error !== undefined && <Failure error={error} />
  if (one.answer === 'accepted')
    return (
      <>
        {failure}
        <Button
          variant="secondaryNoBorder"
          aria-disabled={busy}
          onClick={() => answer('left', t`The organisation has left the application.`)}
        >{t`Leave the application`}</Button>
      </>
    )
  return (
    <InlineAlert labelText={t`Does your organisation apply together with the leading applicant?`}>
      {failure}
      <p>{t`The application is not submitted in the name of your organisation before you accept.`}</p>
      <Button
        aria-disabled={busy}
        aria-label={t`Accept: ${name}`}
        onClick={() => answer('accepted', t`Your organisation applies too.`)}
      >{t`Accept`}</Button>{' '}
      <Button
        variant="secondary"
        aria-disabled={busy}
        aria-label={t`Say no: ${name}`}
        onClick={() => answer('declined', t`Your organisation does not apply.`)}
      >{t`Say no`}</Button>
    </InlineAlert>
  )
}
