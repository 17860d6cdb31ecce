import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import {
  type FormEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { Block, Button, InlineAlert } from 'suomifi-ui-components'
import { problemOf } from '../api/client'
import { person, subscribe } from '../api/session'
import { GENERIC } from '../lib/genericErrors'
import { drop, type Offer, pagePath } from '../lib/kept'
import { loadErrors } from '../lib/loadErrors'
import { Typed, TypedInto } from '../lib/typed'
import styles from './Form.module.css'
import { KeptWords } from './Kept'
import { useOffers } from './useOffers'

const OFFLINE = GENERIC.errors.no_connection

/** What is wrong with a field, for `status` and `statusText` of its input. */
export interface Faulty {
  status?: 'error'
  statusText?: string
}

/** What is wrong by the field's pointer (`/content/purpose`), in words. */
export type Faults = Partial<Record<string, string>>

/** For whoever sends a form from elsewhere: as its button does; whether it has been sent. */
export interface Sending {
  send: () => Promise<boolean>
}

/** What was found before anything was sent, in words, or by the server. */
type Found = Partial<Record<string, string | MessageDescriptor>>

/**
 * A form: sent once at a time; what is wrong is said on top, where the focus goes, with a link to each field, and at
 * the field. The input of a pointer carries it as its name, without the slash at the start.
 * What is typed is kept on the device until it is sent, and offered when the form comes again.
 */
export function Form({
  send,
  label,
  children,
  check,
  secondary,
  about = '',
  keeps = true,
  handle,
}: {
  send: () => Promise<unknown>
  /** The words on its button. */
  label: string
  children: (faultOf: (pointer: string) => Faulty) => ReactNode
  /** Faults by pointer that are seen before anything is sent. */
  check?: () => Faults
  /** Other buttons, beside the first. */
  secondary?: ReactNode
  /** What it is about, where a page has several of its kind: an id. */
  about?: string
  /** Whether what is typed is kept; not where something else does that. */
  keeps?: boolean
  handle?: Ref<Sending>
}) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  // in no language yet: the reader may change it
  const [problem, setProblem] = useState<MessageDescriptor>()
  const [found, setFound] = useState<Found>({})
  const top = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const [typed] = useState(() => (keeps ? new Typed() : null))
  const who = useSyncExternalStore(subscribe, person)
  const { offers, add, remove } = useOffers()
  const [offer] = offers

  useEffect(() => {
    if (who === null || typed === null) return
    return typed.begin(who, [pagePath(), about, typed.names()].join('|'), add)
  }, [who, typed, about, add])

  function answer(given: Offer, take: boolean) {
    if (take) typed?.take(given)
    drop(given)
    remove(given)
    form.current?.querySelector<HTMLElement>('input:not([type=hidden]), textarea')?.focus()
  }

  function say(found: Found, problem?: MessageDescriptor) {
    setFound(found)
    setProblem(problem)
    top.current?.focus()
  }

  async function submit(): Promise<boolean> {
    if (busy) return false
    const seen = { ...check?.(), ...unreadable(form.current) }
    if (Object.keys(seen).length > 0) {
      say(seen)
      return false
    }
    setFound({})
    setProblem(undefined)
    setBusy(true)
    const settle = typed?.sending()
    try {
      await send()
      settle?.(true)
      return true
    } catch (error) {
      settle?.(false)
      const problem = problemOf(error)
      const { problemText, fieldText } = await loadErrors()
      const found = (problem.errors ?? []).map((one) => [one.pointer, fieldText(one)])
      say(Object.fromEntries(found), problemText(problem))
      return false
    } finally {
      setBusy(false)
    }
  }

  useImperativeHandle(handle, () => ({ send: submit }))

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    void submit()
  }

  const heading = problem ? t(problem) : t`Some fields need to be mended`
  const faults: Faults = Object.fromEntries(
    Object.entries(found).map(([pointer, fault]) => [pointer, typeof fault === 'object' ? t(fault) : fault]),
  )
  return (
    <form onSubmit={onSubmit} noValidate ref={form}>
      <div role="alert" tabIndex={-1} ref={top}>
        {(problem || Object.keys(faults).length > 0) && (
          <Block mb="m">
            <InlineAlert status="error" labelText={heading}>
              {problem?.id === OFFLINE.id && typed !== null && (
                <p>
                  <Trans>What you have written stays on this device.</Trans>
                </p>
              )}
              <Summary faults={faults} form={form.current} />
            </InlineAlert>
          </Block>
        )}
      </div>
      {offer && typed && (
        <KeptWords
          offer={offer}
          overtaken={typed.overtaken(offer)}
          take={() => answer(offer, true)}
          drop={() => answer(offer, false)}
        />
      )}
      <TypedInto.Provider value={typed}>
        {children((pointer) => (faults[pointer] ? { status: 'error', statusText: faults[pointer] } : {}))}
      </TypedInto.Provider>
      <div className={styles.buttons}>
        <Button type="submit" aria-disabled={busy}>
          {label}
        </Button>
        {secondary}
      </div>
    </form>
  )
}

/** What was typed and is no day, sum or number, in its field's words. */
function unreadable(form: HTMLFormElement | null): Faults {
  const inputs = [...(form?.elements ?? [])].filter((one) => one instanceof HTMLInputElement)
  const bad = inputs.filter((one) => one.validity.customError)
  return Object.fromEntries(bad.map((one) => [`/${one.name}`, one.validationMessage]))
}

/** Each fault with its field's label, as a button that leads there. */
function Summary({ faults, form }: { faults: Faults; form: HTMLFormElement | null }) {
  const found = Object.entries(faults).map(([pointer, text]) => ({ pointer, text, input: inputOf(form, pointer) }))
  if (found.length === 0) return null
  return (
    <ul className={styles.summary}>
      {found.map(({ pointer, text, input }) => (
        <li key={pointer}>
          {input ? (
            <button type="button" onClick={() => input.focus()}>
              {[labelOf(input), text].filter(Boolean).join(': ')}
            </button>
          ) : (
            text
          )}
        </li>
      ))}
    </ul>
  )
}

/** The input of a pointer, or of the nearest one above it: `/authorities/0/asks` may be at `authorities/0`. */
function inputOf(form: HTMLFormElement | null, pointer: string): HTMLElement | null {
  for (let name = pointer.slice(1); name; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
    const found = form?.elements.namedItem(name)
    if (found instanceof RadioNodeList) return found[0] as HTMLElement
    if (found instanceof HTMLElement) return found
    const group = form?.querySelector(`[data-field="${CSS.escape(name)}"]`)
    const one = group?.querySelector<HTMLElement>('input:checked') ?? group?.querySelector<HTMLElement>('input')
    if (one) return one
  }
  return null
}

/** What a field is called: of one of several boxes or radios that is the group's name. */
function labelOf(input: HTMLElement): string {
  const group = input.closest('fieldset')?.querySelector('legend .fi-label_label-span')
  if (group && 'type' in input && ['checkbox', 'radio'].includes(String(input.type))) return group.textContent ?? ''
  const labels = 'labels' in input ? (input.labels as NodeListOf<HTMLLabelElement> | null) : null
  return labels?.[0]?.querySelector('.fi-label_label-span')?.textContent ?? labels?.[0]?.textContent ?? ''
}
