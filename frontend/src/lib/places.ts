/** The first path segments of things that have a page by their id. */
const PAGES: Record<string, string> = {
  agreement: 'agreements',
  application: 'applications',
  filing: 'filings',
  funding_call: 'calls',
  handling: 'handlings',
  meeting: 'meetings',
  need: 'needs',
  network: 'networks',
  organisation: 'organisations',
  partner_request: 'partner-requests',
  report: 'reports',
}

/** The page of what an event is about; what has none of its own leads to the notices. */
export function placeOf(subject: { kind: string; id: string }): string {
  const page = PAGES[subject.kind]
  return page ? `${page}/${subject.id}` : 'notices'
}
