import type { Schemas } from '../../../api/client'
import type { Held } from '../../../lib/drafts/autosave'
import { type Shapes, same } from '../../../lib/drafts/merge'
import { listPayload, textPayload } from '../../../lib/drafts/payload'

interface Asked {
  /** The authority's id. */
  key: string
  asks: string
}
export interface Line {
  key: string
  name: string
  cents: number | null
  source: string
}
interface Measure {
  key: string
  name: string
  target: string
}
interface Contact {
  key: string
  name: string
  email: string
  phone: string
  role: string
}

/** The working copy as its editor holds it: every text there, rows with keys, also what is not complete yet. */
export interface Draft {
  title: string
  language: string
  call_id: string | null
  amount_cents: number | null
  co_applicant_ids: string[]
  network_ids: string[]
  authorities: Asked[]
  need_ids: string[]
  area_ids: string[]
  contacts: Contact[]
  purpose: string
  target_groups: string[]
  goals: string
  methods: string
  duration: { starts_on: string | null; ends_on: string | null }
  partners: string
  complements: string
  cooperation: string
  needs: string
  budget: Line[]
  measures: Measure[]
}
export type Field = keyof Draft

export const SHAPES: Shapes<Draft> = {
  title: 'value',
  language: 'value',
  call_id: 'value',
  amount_cents: 'value',
  co_applicant_ids: 'set',
  network_ids: 'set',
  authorities: 'rows',
  need_ids: 'set',
  area_ids: 'set',
  contacts: 'rows',
  purpose: 'value',
  target_groups: 'set',
  goals: 'value',
  methods: 'value',
  duration: 'value',
  partners: 'value',
  complements: 'value',
  cooperation: 'value',
  needs: 'value',
  budget: 'rows',
  measures: 'rows',
}

/** The parts of the content that are texts. */
export const TEXTS = ['purpose', 'goals', 'methods', 'partners', 'complements', 'cooperation', 'needs'] as const
export type TextPart = (typeof TEXTS)[number]

/** A key for a row that is new here and nowhere else. */
export const newKey = () =>
  `r${Array.from(crypto.getRandomValues(new Uint32Array(2)), (one) => one.toString(36)).join('')}`

/** What the server answered, as the editor holds it. `like`: rows without a key of their own keep theirs from here. */
export function heldOf(application: Schemas['ApplicationPublic'], like?: Draft): Held<Draft> {
  const { content } = application
  const texts = Object.fromEntries(TEXTS.map((part) => [part, content[part] ?? ''])) as Record<TextPart, string>
  return {
    version: application.version,
    draft: {
      ...texts,
      title: application.title,
      language: application.language,
      call_id: application.call_id,
      amount_cents: application.amount_cents,
      co_applicant_ids: application.co_applicants.map((one) => one.id),
      network_ids: application.networks.map((one) => one.network_id),
      authorities: application.authorities.map((one) => ({ key: one.authority_id, asks: one.asks ?? '' })),
      need_ids: application.needs.map((one) => one.id),
      area_ids: application.areas.map((one) => one.id),
      contacts: contactsOf(application.private?.contact_persons ?? [], like?.contacts ?? []),
      target_groups: content.target_groups ?? [],
      duration: content.duration ?? { starts_on: null, ends_on: null },
      budget: (content.budget?.items ?? []).map((row) => ({ ...row, source: row.source ?? '' })),
      measures: (content.measures ?? []).map((row) => ({ ...row, target: row.target ?? '' })),
    },
  }
}

/** Contact persons have no key on the server: who is known by the same words keeps theirs, others are new. */
function contactsOf(persons: Schemas['ContactPerson'][], known: Contact[]): Contact[] {
  const left = [...known]
  return persons.map((person) => {
    const { name, email, phone, role } = person
    const found = { name, email: email ?? '', phone: phone ?? '', role: role ?? '' }
    const place = left.findIndex(({ key: _, ...words }) => same(words, found))
    const [before] = place < 0 ? [] : left.splice(place, 1)
    return { key: before?.key ?? newKey(), ...found }
  })
}

const complete: { [Name in 'contacts' | 'budget' | 'measures']: (row: Draft[Name][number]) => boolean } = {
  contacts: (row) => row.name.trim() !== '',
  budget: (row) => row.name.trim() !== '' && row.cents !== null,
  measures: (row) => row.name.trim() !== '',
}

/** What can be saved of it now: rows that are not complete stay as they were saved last, or wait. */
export function savable(draft: Draft, base: Draft): Draft {
  const { starts_on, ends_on } = draft.duration
  const whole = (starts_on === null) === (ends_on === null) && (!starts_on || !ends_on || starts_on <= ends_on)
  return {
    ...draft,
    title: draft.title.trim() ? draft.title : base.title,
    duration: whole ? draft.duration : base.duration,
    contacts: rows(draft.contacts, base.contacts, complete.contacts),
    budget: rows(draft.budget, base.budget, complete.budget),
    measures: rows(draft.measures, base.measures, complete.measures),
  }
}

function rows<R extends { key: string }>(mine: R[], saved: R[], whole: (row: R) => boolean): R[] {
  return mine.flatMap((row) => (whole(row) ? [row] : saved.filter((one) => one.key === row.key)))
}

const WRITTEN: { [Name in Field]?: (draft: Draft) => Partial<Schemas['ApplicationUpdate']> } = {
  title: (draft) => ({ title: draft.title.trim() }),
  language: (draft) => ({ language: draft.language }),
  call_id: (draft) => ({ call_id: draft.call_id }),
  amount_cents: (draft) => ({ amount_cents: draft.amount_cents }),
  co_applicant_ids: (draft) => ({ co_applicant_ids: draft.co_applicant_ids }),
  network_ids: (draft) => ({ network_ids: draft.network_ids }),
  need_ids: (draft) => ({ need_ids: draft.need_ids }),
  area_ids: (draft) => ({ area_ids: draft.area_ids }),
  authorities: (draft) => ({
    authorities: draft.authorities.map(({ key, asks }) => ({ authority_id: key, asks: textPayload(asks) })),
  }),
  contacts: (draft) => ({
    private: {
      contact_persons: draft.contacts.map(({ name, email, phone, role }) => ({
        name: name.trim(),
        email: textPayload(email),
        phone: textPayload(phone),
        role: textPayload(role),
      })),
    },
  }),
}

const PARTS: { [Name in Field]?: (draft: Draft) => Partial<Schemas['Content']> } = {
  ...Object.fromEntries(TEXTS.map((part) => [part, (draft: Draft) => ({ [part]: textPayload(draft[part]) })])),
  target_groups: (draft) => ({ target_groups: listPayload(draft.target_groups) }),
  duration: ({ duration: { starts_on, ends_on } }) => ({
    duration: starts_on && ends_on ? { starts_on, ends_on } : null,
  }),
  budget: ({ budget }) => ({
    budget: budget.length
      ? {
          items: budget.map(({ key, name, cents, source }) => ({
            key,
            name: name.trim(),
            cents: cents ?? 0,
            source: textPayload(source),
          })),
        }
      : null,
  }),
  measures: ({ measures }) => ({
    measures: listPayload(
      measures.map(({ key, name, target }) => ({ key, name: name.trim(), target: textPayload(target) })),
    ),
  }),
}

/** The named fields as the API takes them. */
export function updateOf(draft: Draft, fields: Field[]): Schemas['ApplicationUpdate'] {
  const update = Object.assign({}, ...fields.map((field) => WRITTEN[field]?.(draft))) as Schemas['ApplicationUpdate']
  const content = fields.flatMap((field) => PARTS[field]?.(draft) ?? [])
  return content.length ? { ...update, content: Object.assign({}, ...content) as Schemas['Content'] } : update
}

/** The field that a problem's pointer names: `/content/budget/items/0/name` is about the budget. */
export function fieldAt(pointer: string): Field | undefined {
  const [first = '', second = ''] = pointer.split('/').slice(1)
  const name = first === 'content' ? second : first === 'private' ? 'contacts' : first
  return name in SHAPES ? (name as Field) : undefined
}

/** Whether a part that a network asks for is there; chosen needs fill that part too. */
export function filled(draft: Draft, part: Schemas['ApplicationPart']): boolean {
  if (part === 'needs') return draft.need_ids.length > 0 || draft.needs.trim() !== ''
  if (part === 'duration') return draft.duration.starts_on !== null && draft.duration.ends_on !== null
  return draft[part].length > 0 && (typeof draft[part] !== 'string' || draft[part].trim() !== '')
}

export const sumOf = (budget: Line[]) => budget.reduce((sum, row) => sum + (row.cents ?? 0), 0)
