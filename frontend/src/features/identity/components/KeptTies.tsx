import { Trans } from '@lingui/react/macro'

/** What of one's ties outlives the account, and how long. */
export function KeptTies() {
  return (
    <Trans>
      A tie to an applicant whose application is open is stored without your name until the case ends. It returns to you
      if an account is made for the same address.
    </Trans>
  )
}
