import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { InlineAlert } from 'suomifi-ui-components'
import { api, ask, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { Conditions } from '../../../ui/Conditions'
import { EndorsementStatus } from '../../../ui/EndorsementStatus'
import { Facts } from '../../../ui/Facts'
import { Failure, Skeleton } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { DropFiles } from './DropFiles'
import { type Held, isSignature, readGiven } from './files'
import { meaningOf, verdictProblem, verdictTag } from './labels'
import { Result } from './Result'
import { Signature } from './Signature'

interface Checked {
  /** A new one for each check, so that the focus goes to it anew. */
  turn: number
  refused: string[]
  held: Held
  verdict?: Schemas['VerdictPublic']
  /** The endorsement that a valid file is of, as the register has it: the file itself says nothing of its conditions. */
  endorsement?: Schemas['EndorsementPublic']
  signature?: Schemas['SignatureVerdict']
  error?: unknown
}

/** The check of a credential's file, with the application's file where it is at hand. */
export function ByFile() {
  const [checked, setChecked] = useState<Checked>({ turn: 0, refused: [], held: {} })
  const [busy, setBusy] = useState(false)

  async function take(files: File[]) {
    if (files.length === 0) return
    setBusy(true)
    const read = await Promise.all(files.map(async (file) => ({ file, given: await readGiven(file) })))
    const held = { ...checked.held }
    for (const { given } of read) if (given) held[given.kind] = given
    const refused = read.filter((one) => one.given === null).map((one) => one.file.name)
    const next: Checked = { turn: checked.turn + 1, refused, held }
    if (held.credential && refused.length === 0)
      try {
        const body = { credential: held.credential.text, snapshot: held.snapshot?.text ?? null }
        if (isSignature(body.credential)) next.signature = await ask(api.POST('/api/v1/agreements/verify', { body }))
        else next.verdict = await ask(api.POST('/api/v1/endorsements/verify', { body }))
        const number = next.verdict?.valid ? next.verdict.number : null
        if (number)
          next.endorsement = await ask(api.GET('/api/v1/endorsements/{number}', { params: { path: { number } } }))
      } catch (error) {
        next.error = error
      }
    setChecked(next)
    setBusy(false)
  }

  return (
    <>
      <DropFiles onFiles={take}>
        <Trans>
          Drop the credential or the signature here (its name ends with .jwt) and, if you have it, the file of the
          application or the agreement (.json).
        </Trans>
      </DropFiles>
      {busy ? <Skeleton lines={2} /> : <Outcome key={checked.turn} checked={checked} />}
    </>
  )
}

function Outcome({ checked }: { checked: Checked }) {
  const { t } = useLingui()
  const { refused, held, verdict, endorsement, signature, error } = checked
  if (refused.length > 0)
    return (
      <div role="alert">
        <InlineAlert status="error" labelText={t`This is no file of a puumerkki: ${refused.join(', ')}`}>
          <Trans>
            The credential is the small file that was downloaded with the puumerkki, such as NAME-2026-0001.jwt; a
            signature is downloaded from its agreement's page.
          </Trans>
        </InlineAlert>
      </div>
    )
  if (error !== undefined) return <Failure error={error} />
  if (signature) return <Signature verdict={signature} held={held} />
  if (verdict) return <Verdict verdict={verdict} endorsement={endorsement} held={held} />
  if (held.snapshot)
    return (
      <p role="status">
        <Trans>This is the file of an application or an agreement: {held.snapshot.name}. Add the .jwt file, too.</Trans>
      </p>
    )
  return null
}

function Verdict({
  verdict,
  endorsement,
  held,
}: {
  verdict: Schemas['VerdictPublic']
  endorsement: Schemas['EndorsementPublic'] | undefined
  held: Held
}) {
  const { t } = useLingui()
  const { tone, word } = verdictTag(verdict)
  const yesNo = (is: boolean) => (is ? t`Yes` : t`No`)
  return (
    <Result
      title={verdict.valid ? t`The file is a valid puumerkki` : t`The file does not prove a valid puumerkki`}
      status={
        endorsement ? <EndorsementStatus endorsement={endorsement} /> : <StatusTag tone={tone}>{t(word)}</StatusTag>
      }
    >
      {endorsement && <p>{t(meaningOf(endorsement))}</p>}
      {verdict.problems.length > 0 && (
        <ul>
          {verdict.problems.map((code) => (
            <li key={code}>{t(verdictProblem(code))}</li>
          ))}
        </ul>
      )}
      {verdict.under_review && <p>{t`The network is considering revoking this puumerkki. It is valid meanwhile.`}</p>}
      <Conditions of={verdict.open_conditions} level="h4" />
      <Facts
        facts={[
          [t`File`, held.credential?.name],
          [t`Number`, verdict.number && <Link to={`endorsements/${verdict.number}`}>{verdict.number}</Link>],
          [t`Network`, verdict.network],
          [t`Signed by this service`, yesNo(verdict.signed)],
          [t`Within its time`, verdict.signed && yesNo(verdict.within_validity)],
          [
            t`In the register now`,
            endorsement ? (
              <EndorsementStatus key="now" endorsement={endorsement} />
            ) : (
              verdict.signed && t(enumLabels.VerdictStatus[verdict.status])
            ),
          ],
          [t`Application's file`, held.snapshot?.name ?? t`not given, so not checked`],
          [t`The file is the endorsed version`, verdict.digest_matches !== null && yesNo(verdict.digest_matches)],
        ]}
      />
      {endorsement && <Conditions of={endorsement.conditions} level="h4" />}
    </Result>
  )
}
