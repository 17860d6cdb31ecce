import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { Facts } from '../../../ui/Facts'
import { StatusTag } from '../../../ui/StatusTag'
import type { Held } from './files'
import { verdictProblem } from './labels'
import { Result } from './Result'

/** What the check of a party's signature on an agreement found. */
export function Signature({ verdict, held }: { verdict: Schemas['SignatureVerdict']; held: Held }) {
  const { t } = useLingui()
  const yesNo = (is: boolean) => (is ? t`Yes` : t`No`)
  return (
    <Result
      title={verdict.valid ? t`The signature holds` : t`The signature does not hold`}
      status={
        <StatusTag tone={verdict.valid ? 'good' : 'bad'}>{verdict.valid ? t`Holds` : t`Does not hold`}</StatusTag>
      }
    >
      {verdict.problems.length > 0 && (
        <ul>
          {verdict.problems.map((code) => (
            <li key={code}>{t(verdictProblem(code))}</li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          [t`File`, held.credential?.name],
          [t`Agreement`, verdict.title],
          [t`Version`, verdict.version_number],
          [t`Signed for`, verdict.party],
          [t`What has become of the version`, verdict.standing && t(enumLabels.VersionStatus[verdict.standing])],
          [t`Where the agreement is`, verdict.state && t(enumLabels.AgreementState[verdict.state])],
          [
            t`Signed by all parties`,
            verdict.standing &&
              (verdict.unsigned.length === 0 ? t`Yes` : t`No, not signed by: ${verdict.unsigned.join(', ')}`),
          ],
          [t`Last day`, formatDay(verdict.ended_on)],
          [t`Signed by this service`, yesNo(verdict.signed)],
          [t`Within the agreement's time`, verdict.signed && yesNo(verdict.in_period)],
          [t`Agreement's file`, held.snapshot?.name ?? t`not given, so not checked`],
          [t`The file is the signed version`, verdict.digest_matches !== null && yesNo(verdict.digest_matches)],
        ]}
      />
    </Result>
  )
}
