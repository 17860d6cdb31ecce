import { newKey, type Schemas } from '../../../api/client'
import { type ContributionRow, contributionRow, contributionSent } from '../../../lib/contributions'
import { listPayload, type Payload, partsOf, textPayload } from '../../../lib/drafts/payload'
import { textOf } from '../../../lib/language'
import type { Writing as Shared } from '../../../ui/drafts/SharedForm'
import type { Picked } from '../../../ui/Picker'
import type { Agreement } from '../components/agreement'
import type { TextSection } from '../components/labels'

/** A contribution and whose it is. */
export type PartyRow = ContributionRow & { organisation_id: string; year: number | null }
type DutyRow = { key: string; organisation_id: string; what: string; due: string; due_by: string | null }
type ContactRow = {
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

const asIs = <V>(value: V) => value

/** Each part as the API takes it. */
export const SENT = {
  title: (typed: string) => typed.trim(),
  starts_on: asIs<string | null>,
  ends_on: asIs<string | null>,
  parties: (picked: Picked[]) => picked.map((one) => one.id),
  purpose: textPayload,
  target_groups: listPayload<string>,
  forms: textPayload,
  contributions: (rows: PartyRow[]) => listPayload(rows.map(contributionSent)),
  reporting: (rows: DutyRow[]) => listPayload(rows.map(({ key, ...one }) => one)),
  evaluation: textPayload,
  personal_data: textPayload,
  termination: textPayload,
  notice_months: asIs<number | null>,
  confirm_by: asIs<string | null>,
  evaluate_by: asIs<string | null>,
  check_contacts_by: asIs<string | null>,
  public: (open: boolean) => open || null,
  contacts: (rows: ContactRow[]) =>
    rows.map(({ key, ...one }) => ({ ...one, email: textPayload(one.email), phone: textPayload(one.phone) })),
} satisfies Payload<Draft>

/** The named parts as the API takes them. */
export function updateOf(draft: Draft, parts: Part[]): Schemas['AgreementUpdate'] {
  const { title, starts_on, ends_on, contacts, parties, ...content } = partsOf(SENT, draft, parts)
  const outside = { title, starts_on, ends_on, contacts, party_ids: parties }
  return Object.keys(content).length > 0 ? { ...outside, content } : outside
}
