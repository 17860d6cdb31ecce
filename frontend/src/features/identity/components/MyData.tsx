import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, ask, queries } from '../../../api/client'
import { close, signOut } from '../../../api/session'
import { download } from '../../../lib/download'
import type { Me } from '../../../lib/me'
import { Dialog } from '../../../ui/Dialog'
import { Failure, toast } from '../../../ui/Feedback'
import { inApp } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { Erasing } from './Erasing'

/** One's sessions, one's data, and the end of the account. */
export function MyData({ me }: { me: Me }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>()
  const [erasing, setErasing] = useState(false)

  async function leave(said: string) {
    close()
    await navigate({ to: inApp('').path })
    queries.clear()
    toast(said)
  }

  async function signOutEverywhere() {
    await ask(api.DELETE('/api/v1/me/sessions'))
    await signOut()
    await leave(t`You are signed out on all devices.`)
  }

  const attempt = (work: () => Promise<void>) => () => {
    setError(undefined)
    work().catch(setError)
  }

  return (
    <>
      <Section title={t`Sessions`}>
        <p>
          <Trans>If you have lost a device or used somebody else’s, sign out on all of them at once.</Trans>
        </p>
        <Button variant="secondary" onClick={attempt(signOutEverywhere)}>{t`Sign out on all devices`}</Button>
      </Section>
      <Section title={t`My data`}>
        <p>
          <Trans>All that is kept about you as an account: name, address, roles and sessions.</Trans>
        </p>
        <Button
          variant="secondary"
          onClick={attempt(() => download(api.GET('/api/v1/me/data', { parseAs: 'blob' }), 'puumerkki.json'))}
        >{t`Download my data`}</Button>
      </Section>
      {error !== undefined && <Failure error={error} />}
      <Section title={t`Erase my account`}>
        <p>
          <Trans>
            Your name and address are removed, your roles and sessions end. What you did in the name of an organisation
            stays on record without your name. This cannot be undone.
          </Trans>
        </p>
        <Button variant="secondary" onClick={() => setErasing(true)}>{t`Erase my account`}</Button>
      </Section>
      <Dialog open={erasing} title={t`Erase my account`} onClose={() => setErasing(false)}>
        <Erasing me={me} erased={() => leave(t`Your account has been erased.`)} close={() => setErasing(false)} />
      </Dialog>
    </>
  )
}
