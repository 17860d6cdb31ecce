import { query, type Schemas } from '../../../api/client'
import { withVersion } from '../../../ui/useWrite'
import type { Content } from './agreement'

export type Template = Schemas['AgreementTemplatePublic']
type TemplateContent = Schemas['AgreementTemplateContent']

/** The sections that name no party. */
const PARTS = [
  'purpose',
  'target_groups',
  'forms',
  'evaluation',
  'personal_data',
  'termination',
  'notice_months',
  'confirm_by',
  'evaluate_by',
  'check_contacts_by',
] as const

/** What an application says itself, in its own words. */
const APPLIED: string[] = ['purpose', 'target_groups', 'forms']

/** Tells a template from the others: a ready one has no id. */
export const keyOf = (one: Template) => one.id ?? 'ready'

/** Parameters of a write to an own template as it is known. */
export const atTemplate = (one: Template) => ({
  path: { template_id: one.id ?? '' },
  header: withVersion(one.version ?? 0),
})

/** The templates of a kind in a language: the ready one first, then an organisation's own. */
export function useTemplates(kind: Schemas['AgreementKind'], language: string, organisation: string): Template[] {
  const asked = { kind, language, organisation: organisation || undefined }
  return query.useQuery('get', '/api/v1/agreements/templates', { params: { query: asked } }).data?.items ?? []
}

/** What a draft begins with; its duties to report are the drafter's until they are given to another party. */
export function contentOf(template: Template | undefined, drafter: string, application: boolean): Content {
  if (!template) return {}
  const { reporting, ...parts } = template.content
  const kept = Object.entries(parts).filter(([name, said]) => said !== null && !(application && APPLIED.includes(name)))
  const duties = (reporting ?? []).map((one) => ({ ...one, organisation_id: drafter }))
  return { ...Object.fromEntries(kept), ...(duties.length > 0 && { reporting: duties }) }
}

/** What of an agreement can begin others. */
export function templateOf(content: Content): TemplateContent {
  const kept = PARTS.flatMap((name) => (content[name] == null ? [] : [[name, content[name]] as const]))
  const duties = (content.reporting ?? []).map(({ what, due, due_by }) => ({ what, due, due_by: due_by ?? null }))
  return { ...Object.fromEntries(kept), ...(duties.length > 0 && { reporting: duties }) }
}
