import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../../../api/client'
import { conditional } from '../../../lib/endorsements'
import type { Tone } from '../../../lib/tones'

type Words = Record<Schemas['EndorsementStatus'], MessageDescriptor>

/** What an endorsement's status means to whoever relies on it. */
const MEANINGS: Words = {
  valid: msg`This puumerkki is valid: the network stands behind this version of the application.`,
  superseded: msg`This puumerkki has been superseded: another one, on a newer version, came in its place, or none.`,
  revoked: msg`This puumerkki has been revoked: the network no longer stands behind the application.`,
  expired: msg`This puumerkki has expired.`,
}

const CONDITIONAL = msg`This puumerkki is valid with conditions: the network stands behind this version of the application once the conditions below are met.`

export const meaningOf = (endorsement: Schemas['EndorsementPublic']): MessageDescriptor =>
  conditional(endorsement) ? CONDITIONAL : MEANINGS[endorsement.status]

const PROBLEMS: Record<string, MessageDescriptor> = {
  credential_claims: msg`The file is signed, but it lacks what a puumerkki says.`,
  credential_type: msg`The file is signed, but it is no puumerkki.`,
  digest_mismatch: msg`The application's file is not the version that was endorsed: it has been changed.`,
  expired: msg`The puumerkki has expired.`,
  key_compromised: msg`The key that signed this has fallen into wrong hands, so the signature proves nothing.`,
  key_retired: msg`The key that signed this was no longer in use at that time.`,
  not_yet_valid: msg`The puumerkki is not valid yet.`,
  number_unknown: msg`The register has no such puumerkki with this content.`,
  revoked: msg`The network has revoked the puumerkki.`,
  superseded: msg`The puumerkki has been superseded: the application has a newer version.`,
  token_key_unknown: msg`The file was not signed by this service.`,
  token_signature: msg`The signature does not match: the file has been changed, or somebody else has made it.`,
  version_withdrawn: msg`The version was taken back before all parties had signed it, so the signature binds nobody.`,
}

const BROKEN = msg`The file has been changed or is damaged: it cannot be read as a puumerkki.`

/** What speaks against a credential, by the code of the check. */
export const verdictProblem = (code: string): MessageDescriptor => PROBLEMS[code] ?? BROKEN

/** The check's outcome in one tag. */
export function verdictTag(verdict: Schemas['VerdictPublic']): { tone: Tone; word: MessageDescriptor } {
  if (verdict.valid) return { tone: 'good', word: msg({ message: 'Valid', context: 'verdict' }) }
  if (!verdict.signed) return { tone: 'bad', word: msg({ message: 'Not genuine', context: 'verdict' }) }
  if (verdict.digest_matches === false) return { tone: 'bad', word: msg({ message: 'Changed', context: 'verdict' }) }
  return { tone: 'bad', word: msg({ message: 'Not valid', context: 'verdict' }) }
}

/** The numbers of endorsements, as people write them. */
export const tidyNumber = (typed: string) => typed.replace(/\s/g, '').replace(/[–—]/g, '-').toUpperCase()
export const NUMBER = /^[A-Z0-9]{2,20}-\d{4}-\d{4,9}$/
