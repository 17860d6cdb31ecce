import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import type { Schemas } from '../../api/client'
import { useFilters, useParam } from '../../lib/urlState'
import { useKeptDraft } from '../../ui/drafts/useKeptDraft'
import { Loaded, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { OnDemand, part } from '../../ui/OnDemand'
import { Page } from '../../ui/Page'
import { Place } from '../../ui/Place'
import { Steps } from '../../ui/Steps'
import { useMayWrite } from './components/writers'
import { BasicsStep } from './editor/BasicsStep'
import { Clashes } from './editor/Clashes'
import { type Field, filled } from './editor/draft'
import styles from './editor/Editor.module.css'
import { applicationQuery, type Editing, EditingProvider, useEditor } from './editor/editing'
import { Leaving } from './editor/Leaving'
import { STEP_LABELS, STEP_OF, STEPS, type StepId } from './editor/labels'
import { RevisionRequests } from './editor/RevisionRequests'
import { SaveStatus } from './editor/SaveStatus'

/** The steps after the first, fetched while one is at that. */
const laterSteps = part(() => import('./editor/laterSteps'))

const EDITABLE = ['draft', 'active']

export default function EditApplicationPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = useQuery(applicationQuery(id))
  if (found.data === undefined)
    return (
      <Page title={t`Edit an application`} crumbs={[{ to: 'applications', label: t`Applications` }]}>
        <Loaded query={found}>{() => null}</Loaded>
      </Page>
    )
  return <Found application={found.data} />
}

function Found({ application }: { application: Schemas['ApplicationPublic'] }) {
  const { t } = useLingui()
  const may = useMayWrite(application)
  if (may === undefined)
    return (
      <Page title={t`Edit an application`}>
        <Skeleton />
      </Page>
    )
  if (!may || !EDITABLE.includes(application.state)) return <OnlyRead application={application} />
  return <Editor key={application.id} application={application} />
}

function OnlyRead({ application }: { application: Schemas['ApplicationPublic'] }) {
  const { t } = useLingui()
  return (
    <Page
      title={t`Edit an application`}
      crumbs={[
        { to: 'applications', label: t`Applications` },
        { to: `applications/${application.id}`, label: application.title },
      ]}
    >
      <p>
        {EDITABLE.includes(application.state) ? (
          <Trans>You may read this application, but not change it.</Trans>
        ) : (
          <Trans>This application is withdrawn or closed and does not change any more.</Trans>
        )}
      </p>
      <Link to={`applications/${application.id}`}>{application.title}</Link>
    </Page>
  )
}

function Editor({ application }: { application: Schemas['ApplicationPublic'] }) {
  const { t } = useLingui()
  const editing = useEditor(application)
  const kept = useKeptDraft(editing.saving)
  const [{ step, part: wanted }, change] = useFilters<'step' | 'part'>()
  const current = STEPS.find((one) => one === step) ?? 'basics'
  const heading = useRef<HTMLHeadingElement>(null as unknown as HTMLHeadingElement)
  const goal = useRef<string>(undefined)

  function arrive(at: StepId) {
    if (goal.current === undefined) return
    const name = goal.current
    goal.current = undefined
    const field = name && document.querySelector<HTMLElement>(`[data-step="${at}"] [name="${name}"]`)
    if (field) field.focus()
    else heading.current?.focus()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: one arrives when the step changes, not when this is drawn
  useEffect(() => arrive(current), [current])

  useEffect(() => {
    laterSteps.fetch().catch(() => undefined)
  }, [])

  async function go(to: StepId, field = '') {
    // the field to go to is there only when the step is; where it does not come through, the step says so
    await laterSteps.fetch().catch(() => undefined)
    goal.current = field
    if (to === current) arrive(to)
    else void change({ step: to, part: undefined })
  }
  // a link leads to a part once
  const lead = useEffectEvent((to: string) => {
    if (to in STEP_OF) void go(STEP_OF[to as Field], to)
  })
  useEffect(() => {
    if (wanted) lead(wanted)
  }, [wanted])
  const after = STEPS[STEPS.indexOf(current) + 1]

  return (
    <EditingProvider value={editing}>
      <Page
        title={application.title}
        lang={application.language}
        crumbs={[{ to: 'applications', label: t`Applications` }]}
      >
        <Steps
          label={t`Parts of the application`}
          current={current}
          steps={STEPS.map((id) => ({ id, label: t(STEP_LABELS[id]), done: isDone(id, editing) }))}
          onGo={(to) => go(to as StepId)}
        />
        <div className={styles.bar}>
          <SaveStatus />
        </div>
        {kept}
        <Clashes />
        <Place id="points">
          <RevisionRequests onGo={(field) => go(STEP_OF[field], field)} />
        </Place>
        <div className={styles.form} data-step={current}>
          <Heading variant="h2" tabIndex={-1} forwardedRef={heading}>
            {t(STEP_LABELS[current])}
          </Heading>
          <Content step={current} onGo={(field) => go(STEP_OF[field], field)} />
          {after && (
            <div className={styles.buttons}>
              <Button onClick={() => go(after)}>{t`Next: ${t(STEP_LABELS[after])}`}</Button>
            </div>
          )}
        </div>
        <Leaving />
      </Page>
    </EditingProvider>
  )
}

function Content({ step, onGo }: { step: StepId; onGo: (field: Field) => void }) {
  if (step === 'basics') return <BasicsStep />
  return (
    <OnDemand of={laterSteps}>
      {(of) => {
        if (step === 'partners') return <of.PartnersStep />
        if (step === 'content') return <of.ContentStep />
        if (step === 'needs') return <of.NeedsStep />
        if (step === 'budget') return <of.BudgetStep />
        if (step === 'contacts') return <of.ContactsStep />
        return <of.SubmitStep onGo={onGo} />
      }}
    </OnDemand>
  )
}

/** A step is done when all that the networks ask for there is filled in, and something is. */
function isDone(step: StepId, { application, draft }: Editing): boolean {
  if (step === 'submit') return application.current_version !== null
  if (step === 'basics') return draft.title.trim() !== '' && draft.amount_cents !== null
  if (step === 'partners') return draft.network_ids.length + draft.authorities.length > 0
  if (step === 'contacts') return draft.contacts.length > 0
  const asked = application.networks.flatMap((one) => one.asks_for).filter((part) => STEP_OF[part] === step)
  if (asked.length > 0) return asked.every((part) => filled(draft, part))
  return step === 'needs'
    ? filled(draft, 'needs')
    : step === 'budget'
      ? filled(draft, 'budget')
      : filled(draft, 'goals')
}
