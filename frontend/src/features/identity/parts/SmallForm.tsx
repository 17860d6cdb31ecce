import { useLingui } from '@lingui/react/macro'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { Block, Button, InlineAlert } from 'suomifi-ui-components'
import { type Problem, problemOf } from '../../../api/client'
import { fieldText } from '../../../lib/fields'
import { problemText } from '../../../lib/problems'

/** What is wrong with a field, for `status` and `statusText` of its input. */
export interface Faulty {
  status?: 'error'
  statusText?: string
}

/** A form of a few fields: sent once at a time; what is wrong is said on top, where the focus goes, and at the field. */
export function SmallForm({
  send,
  label,
  children,
  check,
}: {
  send: () => Promise<unknown>
  /** The words on its button. */
  label: string
  children: (faultOf: (pointer: string) => Faulty) => ReactNode
  /** Faults by pointer that are seen before anything is sent. */
  check?: () => Partial<Record<string, string>>
}) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [faults, setFaults] = useState<Partial<Record<string, string>>>({})
  const top = useRef<HTMLDivElement>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const seen = check?.() ?? {}
    setFaults(seen)
    setProblem(undefined)
    if (Object.keys(seen).length > 0) {
      focusFirst(event.currentTarget as HTMLFormElement, Object.keys(seen))
      return
    }
    setBusy(true)
    try {
      await send()
    } catch (error) {
      const found = problemOf(error)
      setFaults(Object.fromEntries((found.errors ?? []).map((one) => [one.pointer, t(fieldText(one))])))
      setProblem(found)
      top.current?.focus()
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <div role="alert" tabIndex={-1} ref={top}>
        {problem && (
          <Block mb="m">
            <InlineAlert status="error">{t(problemText(problem))}</InlineAlert>
          </Block>
        )}
      </div>
      {children((pointer) => (faults[pointer] ? { status: 'error', statusText: faults[pointer] } : {}))}
      <Button type="submit" aria-disabled={busy}>
        {label}
      </Button>
    </form>
  )
}

/** The input of a pointer carries its name: `/password` is that of `password`. */
function focusFirst(form: HTMLFormElement, pointers: string[]): void {
  const input = form.elements.namedItem(pointers[0]?.slice(1) ?? '')
  if (input instanceof HTMLElement) input.focus()
}
