/** A file of an endorsement, by its content: the credential, or the version that was endorsed. */
type Given = { kind: 'credential' | 'snapshot'; name: string; text: string }

/** What was given so far: one file of each kind. */
export type Held = Partial<Record<Given['kind'], Given>>

const LARGEST: Record<Given['kind'], number> = { credential: 1_000_000, snapshot: 1_800_000 }
const TOKEN = /^\s*[\w-]+\.[\w-]+\.[\w-]+\s*$/

/** What a file is: a name that ends with `.jwt` is a promise, so a broken one is checked and told of, not passed over. */
export async function readGiven(file: File): Promise<Given | null> {
  if (file.size > LARGEST.snapshot) return null
  const text = await file.text()
  const kind = TOKEN.test(text) || /\.jwt$/i.test(file.name) ? 'credential' : isObject(text) ? 'snapshot' : null
  return kind === null || file.size > LARGEST[kind] ? null : { kind, name: file.name, text }
}

/** Whether a credential is a party's signature on an agreement, by what it says of itself. */
export function isSignature(token: string): boolean {
  try {
    const claims = (token.trim().split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    return JSON.parse(atob(claims)).type?.includes('PuumerkkiAgreementSignature') === true
  } catch {
    return false
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
