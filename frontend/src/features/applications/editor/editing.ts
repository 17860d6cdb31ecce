import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { api, ask, problemOf, query, type Schemas } from '../../../api/client'
import { Autosave, type Place, type Refusal, type Snapshot } from '../../../lib/drafts/autosave'
import { genericTexts } from '../../../lib/genericErrors'
import { textOf } from '../../../lib/language'
import { useErrorTexts } from '../../../lib/loadErrors'
import { toast } from '../../../ui/Feedback'
import type { Faulty } from '../../../ui/Form'
import { withVersion } from '../../../ui/useWrite'
import { type Draft, type Field, fieldAt, heldOf, SHAPES, savable, updateOf } from './draft'
import { FIELD_LABELS } from './labels'

type Application = Schemas['ApplicationPublic']
type Part = Schemas['ApplicationPart']

/** What the steps of the editor share. */
export interface Editing {
  application: Application
  saving: Autosave<Draft>
  now: Snapshot<Draft>
  draft: Draft
  edit: (changed: Partial<Draft>) => void
  faultOf: (field: Field) => Faulty
  /** What a chosen organisation, network or need is called. */
  nameOf: (id: string) => string
  remember: (id: string, name: string) => void
  /** The networks that ask for a part. */
  askedBy: (part: Part) => string[]
}

const Shared = createContext<Editing | undefined>(undefined)
export const EditingProvider = Shared.Provider

export function useEditing(): Editing {
  const editing = useContext(Shared)
  if (editing === undefined) throw new Error('Only inside the editor.')
  return editing
}

export const applicationQuery = (application_id: string) =>
  query.queryOptions('get', '/api/v1/applications/{application_id}', { params: { path: { application_id } } })

/** The focus goes to a field of this name, once it is drawn. */
export const focusField = (name: string) =>
  window.setTimeout(() => document.querySelector<HTMLElement>(`[name="${name}"]`)?.focus())

const LATER = [0, 429, 502, 503, 504]

function understand(error: unknown): Refusal<Draft> {
  const problem = problemOf(error)
  if (problem.status === 412) return { kind: 'stale' }
  if (LATER.includes(problem.status) || problem.code === 'try_again') return { kind: 'offline' }
  const fields: Partial<Record<Field, string>> = {}
  for (const { pointer, code } of problem.errors ?? []) {
    const field = fieldAt(pointer)
    if (field) fields[field] ??= code
  }
  return Object.keys(fields).length > 0 ? { kind: 'fields', fields } : { kind: 'other' }
}

/** The editor's state for one application; what others change arrives with `application`. */
export function useEditor(application: Application): Editing {
  const { t } = useLingui()
  const { fieldText } = useErrorTexts() ?? genericTexts
  const client = useQueryClient()
  const [saving] = useState(() => {
    const options = applicationQuery(application.id)
    const place: Place<Draft> = {
      shapes: SHAPES,
      savable,
      understand,
      fetch: async (base) => heldOf(await client.fetchQuery({ ...options, staleTime: 0 }), base),
      send: async (draft, fields, version) => {
        const params = { path: { application_id: application.id }, header: withVersion(version) }
        const body = updateOf(draft, fields)
        const answer = await ask(api.PATCH('/api/v1/applications/{application_id}', { params, body }))
        client.setQueryData(options.queryKey, answer)
        return answer.version
      },
    }
    return new Autosave<Draft>(place, heldOf(application))
  })
  const now = useSyncExternalStore(saving.subscribe, saving.snapshot)
  useEffect(() => saving.receive((base) => heldOf(application, base)), [application, saving])
  useEffect(() => saving.stop, [saving])

  const [names, setNames] = useState<Record<string, string>>({})
  const known: Record<string, string> = { ...names, ...namesIn(application) }

  const told = useRef(now.taken)
  useEffect(() => {
    if (now.taken === told.current || now.taken.length === 0) return
    told.current = now.taken
    const fields = now.taken.map((field) => t(FIELD_LABELS[field])).join(', ')
    toast(t`Somebody else changed: ${fields}. It is here now, too.`)
  }, [now.taken, t])

  return {
    application,
    saving,
    now,
    draft: now.draft,
    edit: saving.edit,
    faultOf: (field) => {
      const code = now.refused[field]
      return code === undefined ? {} : { status: 'error', statusText: t(fieldText({ code })) }
    },
    nameOf: (id) => known[id] ?? '…',
    remember: (id, name) => setNames((before) => ({ ...before, [id]: name })),
    askedBy: (part) =>
      application.networks.filter((one) => one.asks_for.includes(part)).map((one) => textOf(one.names)),
  }
}

function namesIn(application: Application): Record<string, string> {
  return Object.fromEntries([
    ...application.networks.map((one) => [one.network_id, textOf(one.names)]),
    ...application.authorities.map((one) => [one.authority_id, textOf(one.names)]),
    ...application.co_applicants.map((one) => [one.id, textOf(one.names)]),
    ...application.needs.map((one) => [one.id, one.title]),
    ...application.areas.map((one) => [one.id, textOf(one.names)]),
  ])
}
