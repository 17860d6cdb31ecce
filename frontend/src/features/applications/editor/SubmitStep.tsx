import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatMoney } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { scopesOf, useMe } from '../../../lib/me'
import { ContentView } from '../../../ui/application/ContentView'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { inApp } from '../../../ui/Link'
import { Reason } from '../../../ui/Reason'
import { TakeRole } from '../../../ui/TakeRole'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { useOpenCalls } from '../components/calls'
import { Differences } from '../components/Differences'
import { type Field, filled } from './draft'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { FIELD_LABELS } from './labels'
import { PendingApplicants } from './PendingApplicants'

/** Everything as others will see it, what is still missing, and the way to them. */
export function SubmitStep({ onGo }: { onGo: (field: Field) => void }) {
  const { t } = useLingui()
  const { application } = useEditing()
  const lang = application.language
  return (
    <>
      <Missing onGo={onGo} />
      <PendingApplicants />
      <Heading variant="h2">{t`What is sent`}</Heading>
      <Basics />
      <ContentView content={application.content} lang={lang} />
      {application.continues_id && <Differences application={application.id} />}
      <Submit />
    </>
  )
}

/** What the networks asked still miss, each a way to its field. */
function Missing({ onGo }: { onGo: (field: Field) => void }) {
  const { application, draft, askedBy } = useEditing()
  const asked = [...new Set(application.networks.flatMap((one) => one.asks_for))]
  const missing = asked.filter((part) => !filled(draft, part))
  const byAuthority = draft.authorities.length > 0
  const groups = byAuthority && !asked.includes('target_groups') && draft.target_groups.length === 0
  const areas = byAuthority && draft.area_ids.length === 0
  const { t } = useLingui()
  if (missing.length === 0 && !groups && !areas) return null
  return (
    <InlineAlert status="warning" labelText={t`Parts that the networks ask for are missing`}>
      <ul className={styles.missing}>
        {missing.map((part) => {
          const networks = askedBy(part).join(', ')
          return (
            <li key={part}>
              <button type="button" onClick={() => onGo(part)}>
                {t(FIELD_LABELS[part])}
              </button>{' '}
              <Trans>(asked by {networks})</Trans>
            </li>
          )
        })}
        {[...(groups ? (['target_groups'] as const) : []), ...(areas ? (['area_ids'] as const) : [])].map((field) => (
          <li key={field}>
            <button type="button" onClick={() => onGo(field)}>
              {t(FIELD_LABELS[field])}
            </button>{' '}
            <Trans>(an authority is asked)</Trans>
          </li>
        ))}
      </ul>
    </InlineAlert>
  )
}

function Basics() {
  const { t } = useLingui()
  const { application, draft } = useEditing()
  const call = useOpenCalls(draft.call_id).find((one) => one.id === draft.call_id)
  return (
    <Facts
      facts={[
        [
          t(FIELD_LABELS.title),
          <span key="title" lang={application.language}>
            {application.title}
          </span>,
        ],
        [
          t`Applicant`,
          [application.applicant, ...application.co_applicants].map((one) => textOf(one.names)).join(', '),
        ],
        [t(FIELD_LABELS.call_id), textOf(call?.names)],
        [t(FIELD_LABELS.amount_cents), formatMoney(application.amount_cents)],
        [t(FIELD_LABELS.network_ids), application.networks.map((one) => textOf(one.names)).join(', ')],
        [
          t(FIELD_LABELS.authorities),
          application.authorities
            .map((one) => (one.asks ? `${textOf(one.names)}: ${one.asks}` : textOf(one.names)))
            .join('\n'),
        ],
        [t(FIELD_LABELS.area_ids), application.areas.map((one) => textOf(one.names)).join(', ')],
        [t(FIELD_LABELS.need_ids), application.needs.map((one) => one.title).join('\n')],
      ]}
    />
  )
}

/** Why it cannot be submitted now, in words; the list of what is missing has its own place. */
const blockedBy = (actions: Schemas['ApplicationPublic']['available_actions']) => {
  const submit = actions.find((one) => one.action === 'submit')
  if (submit === undefined) return 'leading_submits'
  return submit.allowed ? undefined : (submit.blocked_by ?? 'wrong_state')
}

function Submit() {
  const { t } = useLingui()
  const { application, now, saving } = useEditing()
  const [opened, setOpened] = useState(false)
  const blocked = blockedBy(application.available_actions)
  const unsaved = now.status !== 'saved'
  return (
    <section aria-label={t`Submit`}>
      <Heading variant="h2">{t`Submit`}</Heading>
      <InlineAlert status="neutral" labelText={t`What an authority holds may be public`}>
        <Trans>
          When you submit, an authority that is asked registers the application, and everybody may ask to see what an
          authority holds. Contact persons are kept apart and not public. Do not write about single persons' health or
          other private matters in the application.
        </Trans>
      </InlineAlert>
      {blocked !== undefined && (
        <p role="status">
          <strong>{t`It cannot be submitted yet.`}</strong>{' '}
          {blocked === 'leading_submits' ? <NotYours /> : <Reason code={blocked} />}
        </p>
      )}
      {unsaved && (
        <p role="status">
          <Trans>Something is not saved yet. It can be submitted when all is saved.</Trans>
        </p>
      )}
      {blocked === undefined && (
        <div className={styles.buttons}>
          <Button
            aria-disabled={unsaved}
            onClick={async () => {
              if (await saving.flush()) setOpened(true)
            }}
          >
            {application.current_version === null ? t`Submit the application` : t`Submit a new version`}
          </Button>
        </div>
      )}
      <Dialog open={opened} title={t`Submit the application?`} onClose={() => setOpened(false)}>
        <Confirm onClose={() => setOpened(false)} />
      </Dialog>
    </section>
  )
}

/** Who submits, where it is not whoever looks: an administrator becomes an editor by one press. */
function NotYours() {
  const { t } = useLingui()
  const { application } = useEditing()
  const leads = scopesOf(useMe(), 'organisation', 'people:manage').includes(application.applicant.id)
  if (!leads) return t`The leading applicant submits the application.`
  return (
    <>
      <Trans>An editor of {textOf(application.applicant.names)} submits it. You can take that role yourself.</Trans>{' '}
      <TakeRole organisation={application.applicant.id} taking="editor" />
    </>
  )
}

function Confirm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { application, saving } = useEditing()
  const write = useWrite('applications', 'handlings', 'partner-requests')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const { networks, authorities } = application

  async function submit() {
    if (busy) return
    setBusy(true)
    setError(undefined)
    try {
      const params = { path: { application_id: application.id }, header: withVersion(saving.known()) }
      await write(
        api.POST('/api/v1/applications/{application_id}/submit', { params }),
        t`The application is submitted.`,
      )
      await navigate({ to: inApp(`applications/${application.id}`).path })
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <>
      <p>
        <Trans>A version that does not change any more goes to:</Trans>
      </p>
      <ul>
        {[...networks, ...authorities].map((one) => (
          <li key={'network_id' in one ? one.network_id : one.authority_id}>{textOf(one.names)}</li>
        ))}
        {networks.length + authorities.length === 0 && <li>{t`nobody: no network and no authority is asked`}</li>}
      </ul>
      <EarlierEndorsement applicationId={application.id} />
      {authorities.length > 0 && (
        <p>
          <Plural
            value={authorities.length}
            one="What the authority holds may be public."
            other="What the authorities hold may be public."
          />
        </p>
      )}
      {error !== undefined && <Failure error={error} />}
      <div className={styles.buttons}>
        <Button aria-disabled={busy} onClick={submit}>{t`Submit`}</Button>
        <Button variant="secondary" onClick={onClose}>{t`Not yet`}</Button>
      </div>
    </>
  )
}

/** What becomes of an endorsement in force when a new version is submitted. */
function EarlierEndorsement({ applicationId }: { applicationId: string }) {
  const { t } = useLingui()
  const asked = { params: { query: { application: applicationId, state: 'valid' as const } } }
  const endorsements = query.useQuery('get', '/api/v1/endorsements', asked).data?.items ?? []
  if (endorsements.length === 0) return null
  const numbers = endorsements.map((one) => one.number).join(', ')
  return (
    <InlineAlert status="warning" labelText={t`A puumerkki may be superseded`}>
      {t`In force now: ${numbers}. If the version changes more than minor parts, the network reviews it again and the puumerkki is superseded.`}
    </InlineAlert>
  )
}
