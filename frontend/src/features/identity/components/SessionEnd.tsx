import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { api, ask } from '../../../api/client'
import { giveUp, keep, renew } from '../../../api/session'
import { useMe } from '../../../lib/me'
import { Dialog } from '../../../ui/Dialog'
import { toast } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { AskForMail } from './AskForMail'
import { EmailInput, PasswordInput } from './inputs'
import styles from './SessionEnd.module.css'

/** Signing in on top of the page, as whoever's page it is. A link that was mailed may be used in another tab. */
export function SignInAgain({ over, close }: { over: boolean; close: () => void }) {
  const { t } = useLingui()
  const me = useMe()
  const [email, setEmail] = useState(me?.email ?? '')
  const [password, setPassword] = useState('')
  const [byMail, setByMail] = useState(me?.has_password === false)

  async function send() {
    const answer = await ask(api.POST('/api/v1/auth/login', { body: { email, password }, credentials: 'include' }))
    if (keep(answer)) toast(t`You are signed in again.`)
    close()
  }

  return (
    <Dialog open title={t`Sign in to go on`} onClose={close}>
      <p>
        {over ? (
          <Trans>Your session has ended. What you have written is still on the page.</Trans>
        ) : (
          <Trans>Your session is about to end. What you have written stays on the page.</Trans>
        )}
      </p>
      {byMail ? (
        <>
          <p>
            <Trans>Open the link on this device, in this browser. Then you can go on here.</Trans>
          </p>
          <AskForMail
            known={email}
            send={(given) => ask(api.POST('/api/v1/auth/login-link', { body: { email: given } }))}
          />
          <Button variant="secondaryNoBorder" onClick={() => setByMail(false)}>{t`Sign in with a password`}</Button>
        </>
      ) : (
        <Form
          send={send}
          label={t`Sign in`}
          secondary={
            <Button variant="secondary" onClick={() => setByMail(true)}>
              {t`Get a link by mail`}
            </Button>
          }
        >
          {(faultOf) => (
            <>
              <EmailInput value={email} onChange={setEmail} fault={faultOf('/email')} />
              <PasswordInput
                label={t`Password`}
                name="password"
                value={password}
                onChange={setPassword}
                fault={faultOf('/password')}
              />
            </>
          )}
        </Form>
      )}
    </Dialog>
  )
}

/** That the session ends soon, told without taking the focus. `forGood`: only a new sign-in helps. */
export function EndsSoon({ minutes, forGood }: { minutes: number; forGood: boolean }) {
  const { t } = useLingui()
  const [signing, setSigning] = useState(false)
  const [failed, setFailed] = useState(false)
  const box = useRef<HTMLElement>(null)
  const before = useRef<HTMLElement>(null)

  /** Where the focus came from, so that it goes back there. */
  function entered({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) {
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) before.current = relatedTarget
  }

  useLayoutEffect(() => {
    const shown = box.current
    return () => {
      if (shown?.contains(document.activeElement)) before.current?.focus()
    }
  }, [])

  async function goOn() {
    if (forGood) return setSigning(true)
    const renewed = await renew().catch(() => false)
    setFailed(!renewed)
    if (renewed) toast(t`The session goes on.`)
  }

  return (
    <section ref={box} className={styles.soon} aria-label={t`End of the session`} onFocus={entered}>
      <InlineAlert status="warning" smallScreen>
        <p role="status">
          <Plural
            value={minutes}
            one="Your session ends in # minute. What you have written stays on the page."
            other="Your session ends in # minutes. What you have written stays on the page."
          />
        </p>
        {failed && <p role="alert">{t`There is no connection just now. Try again.`}</p>}
        <Button onClick={() => void goOn()}>{forGood ? t`Sign in again` : t`Continue the session`}</Button>
      </InlineAlert>
      {signing && <SignInAgain over={false} close={() => setSigning(false)} />}
    </section>
  )
}

/** What is to be said of the session: that it is over, or will be soon. */
export function SessionEnd({ over, minutes, forGood }: { over: boolean; minutes: number | null; forGood: boolean }) {
  if (over) return <SignInAgain over close={giveUp} />
  return minutes === null ? null : <EndsSoon minutes={minutes} forGood={forGood} />
}
