import { newKey, type Schemas } from '../../../api/client'
import { type ContributionRow, contributionRow, contributionSent } from '../../../lib/contributions'
import { textOf } from '../../../lib/language'
import { differing, listSent, textSent } from '../../../lib/merging'
import type { Writing as Shared } from '../../../ui/drafts/SharedForm'
import type { Picked } from '../../../ui/Picker'
import type { Agreement } from '../parts/agreement'
import type { TextSection } from '../parts/words'

/** A contribution and whose it is. */
export type PartyRow = ContributionRow & { organisation_id: string; year: number | null }
export type DutyRow = { key: string; organisation_id: string; what: string; due: string; due_by: string | null }
export type ContactRow = {
  key: string
  organisation_id: string
  name: string
  email: string
  phone: string
  deputy: boolean
}

/** The working copy while it is written. `parties`: the further ones, beside the drafter. */
export interface Draft extends Record<TextSection, string> {
  title: string
  starts_on: string | null
  ends_on: string | null
  parties: Picked[]
  target_groups: string[]
  contributions: PartyRow[]
  reporting: DutyRow[]
  notice_months: number | null
  confirm_by: string | null
  evaluate_by: string | null
  check_contacts_by: string | null
  public: boolean
  contacts: ContactRow[]
}

export type Part = keyof Draft

/** The parts that rows choose a party from, and how a part is changed. */
export interface Writing extends Shared<Draft> {
  parties: { value: string; label: string }[]
}

export function draftOf(agreement: Agreement): Draft {
  const { content } = agreement
  return {
    title: agreement.title,
    starts_on: agreement.starts_on,
    ends_on: agreement.ends_on,
    parties: agreement.parties
      .filter((one) => one.id !== agreement.drafted_by_organisation_id)
      .map((one) => ({ id: one.id, label: textOf(one.names) })),
    purpose: content.purpose ?? '',
    target_groups: content.target_groups ?? [],
    forms: content.forms ?? '',
    contributions: (content.contributions ?? []).map((one) => ({
      ...contributionRow(newKey(), one),
      organisation_id: one.organisation_id,
      year: one.year ?? null,
    })),
    reporting: (content.reporting ?? []).map((one) => ({ key: newKey(), ...one, due_by: one.due_by ?? null })),
    evaluation: content.evaluation ?? '',
    personal_data: content.personal_data ?? '',
    termination: content.termination ?? '',
    notice_months: content.notice_months ?? null,
    confirm_by: content.confirm_by ?? null,
    evaluate_by: content.evaluate_by ?? null,
    check_contacts_by: content.check_contacts_by ?? null,
    public: content.public ?? false,
    contacts: agreement.contacts.map((one) => ({
      key: newKey(),
      organisation_id: one.organisation_id,
      name: one.name,
      email: one.email ?? '',
      phone: one.phone ?? '',
      deputy: one.deputy,
    })),
  }
}

/** Each part as the API takes it. */
export function sent(draft: Draft) {
  return {
    title: draft.title.trim(),
    starts_on: draft.starts_on,
    ends_on: draft.ends_on,
    parties: draft.parties.map((one) => one.id),
    purpose: textSent(draft.purpose),
    target_groups: listSent(draft.target_groups),
    forms: textSent(draft.forms),
    contributions: listSent(draft.contributions.map(contributionSent)),
    reporting: listSent(draft.reporting.map(({ key, ...one }) => one)),
    evaluation: textSent(draft.evaluation),
    personal_data: textSent(draft.personal_data),
    termination: textSent(draft.termination),
    notice_months: draft.notice_months,
    confirm_by: draft.confirm_by,
    evaluate_by: draft.evaluate_by,
    check_contacts_by: draft.check_contacts_by,
    public: draft.public || null,
    contacts: draft.contacts.map(({ key, ...one }) => ({
      ...one,
      email: textSent(one.email),
      phone: textSent(one.phone),
    })),
  } satisfies Record<Part, unknown>
}

const OUTSIDE = ['title', 'starts_on', 'ends_on', 'contacts'] as const

/** What changed, as the API takes it: what is left out stays. */
export function updateOf(base: Draft, draft: Draft): Schemas['AgreementUpdate'] {
  const { parties, ...now } = sent(draft)
  const body: Record<string, unknown> = {}
  const content: Record<string, unknown> = {}
  for (const part of differing(sent, base, draft)) {
    if (part === 'parties') body.party_ids = parties
    else if ((OUTSIDE as readonly Part[]).includes(part)) body[part] = now[part]
    else content[part] = now[part]
  }
  return Object.keys(content).length > 0 ? { ...body, content } : body
}
