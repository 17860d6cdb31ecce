import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { useErrorTexts } from '../lib/loadErrors'
import styles from './Actions.module.css'
import { Dialog } from './Dialog'
import { Failure, Skeleton } from './Feedback'
import { type Part, preloading } from './OnDemand'

/** How an action is done: at once, or by a form in a window, which closes itself when it is sent. */
export interface Run {
  label: string
  onClick?: () => Promise<unknown>
  form?: (close: () => void) => ReactNode
  /** What the form is made of, where it is fetched when it is about to be opened. */
  part?: Part<unknown>
  /** It ends the thing or takes something back: it never stands out as what to do next. */
  ends?: boolean
}

/** An action that exists in the present state of a thing, and the code of what blocks it, if anything does. */
export interface Action<A extends string> {
  action: A
  allowed: boolean
  blocked_by?: string | null
}

/** Of the actions, those of these names, in their order. */
export const only = <A extends string, B extends A>(of: Action<A>[], ...names: B[]): Action<B>[] =>
  names.flatMap((name) => of.filter((one): one is Action<B> => one.action === name))

/** How each action of a thing is done; null: not here, but in its own place on the page. */
export type Runs<A extends string> = Record<A, Run | null>

/** What can be done with a thing, as buttons; what cannot be done now stands below, once for each reason. */
export function Actions<A extends string>({
  of,
  run,
  about,
  arrived,
  onClose,
}: {
  of: Action<A>[]
  run: Runs<NoInfer<A>>
  /** With which of several things, where more than one has its actions on a page. */
  about?: string
  /** The action whose form is open when one arrives, if it can be done; one without a form has the focus. */
  arrived?: string
  /** A form was closed, sent or not. */
  onClose?: () => void
}) {
  const { t } = useLingui()
  const led = of.find((one) => one.allowed && one.action === arrived)?.action
  const [opened, setOpened] = useState(led)
  const buttons = useRef<HTMLDivElement>(null)
  const section = useRef<HTMLElement>(null)
  const acted = useRef(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const known = of.flatMap((one) => {
    const how = run[one.action]
    return how ? [{ ...one, how }] : []
  })
  const allowed = known.filter((one) => one.allowed)
  const blocked = known.filter((one) => !one.allowed && one.blocked_by !== 'forbidden')
  // a form that ends late closes itself only, not the one that was opened since
  const closing = (action: A) => () => {
    acted.current = true
    setOpened((now) => (now === action ? undefined : now))
    onClose?.()
  }

  async function begin(action: A, how: Run) {
    setError(undefined)
    acted.current = true
    if (how.form) return setOpened(action)
    setBusy(true)
    try {
      await how.onClick?.()
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }

  useEffect(() => {
    if (led === undefined) return
    setOpened(led)
    buttons.current?.querySelector<HTMLElement>(`[data-action="${led}"]`)?.focus()
  }, [led])

  // the button that was pressed may be gone with what it did: the focus stays where one was
  useEffect(() => {
    if (!acted.current || opened !== undefined || document.activeElement !== document.body) return
    acted.current = false
    section.current?.focus({ preventScroll: true })
  })

  const dialog = known.find((one) => one.action === opened && one.how.form)
  const close = dialog && closing(dialog.action)
  if (known.length === 0) return null
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={about ? `${t`What can be done`}: ${about}` : t`What can be done`}
      className={styles.actions}
    >
      {allowed.length > 0 && (
        <div className={styles.buttons} ref={buttons}>
          {allowed.map(({ action, how }, place) => (
            <Button
              key={action}
              data-action={action}
              variant={place === 0 && !how.ends ? 'default' : 'secondary'}
              aria-disabled={busy}
              onClick={() => !busy && begin(action, how)}
              {...(how.part && preloading(how.part))}
            >
              {how.label}
            </Button>
          ))}
        </div>
      )}
      {error !== undefined && <Failure error={error} />}
      {blocked.length > 0 && <Blocked of={blocked.map((one) => ({ code: one.blocked_by, label: one.how.label }))} />}
      {dialog && close && (
        <Dialog open title={dialog.how.label} onClose={close}>
          {dialog.how.form?.(close)}
        </Dialog>
      )}
    </section>
  )
}

/** The actions that are not possible now, once for each reason. */
function Blocked({ of }: { of: { code: string | null | undefined; label: string }[] }) {
  const { t } = useLingui()
  const texts = useErrorTexts()
  if (texts === undefined) return <Skeleton lines={1} />
  const reasons = new Map<string, string[]>()
  for (const { code, label } of of) {
    const reason = t(texts.reasonText(code))
    reasons.set(reason, [...(reasons.get(reason) ?? []), label])
  }
  return (
    <ul className={styles.blocked}>
      {[...reasons].map(([reason, labels]) => (
        <li key={reason}>
          <Trans>
            Not possible now – <strong>{labels.join(', ')}</strong>: {reason}
          </Trans>
        </li>
      ))}
    </ul>
  )
}
