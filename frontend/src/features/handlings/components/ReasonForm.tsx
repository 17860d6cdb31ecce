import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'

/** A step that needs a text: a reason, a statement, an answer. */
export function ReasonForm({
  label,
  field,
  name = 'reason',
  optional,
  children,
  send,
}: {
  /** The words on the button. */
  label: string
  /** The words over the text. */
  field: string
  name?: string
  optional?: boolean
  /** What follows from the step. */
  children?: ReactNode
  send: (text: string) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  return (
    <Form
      label={label}
      send={() => send(text.trim())}
      check={() => (optional || text.trim() ? {} : { [`/${name}`]: t(NEEDED) })}
    >
      {(faultOf) => (
        <>
          {children && <p>{children}</p>}
          <TextArea
            label={field}
            name={name}
            value={text}
            onChange={setText}
            fault={faultOf(`/${name}`)}
            optional={optional}
          />
        </>
      )}
    </Form>
  )
}

/** A step that needs nothing but a second thought. */
export function SureForm({
  label,
  children,
  send,
}: {
  label: string
  children: ReactNode
  send: () => Promise<unknown>
}) {
  return (
    <Form label={label} send={send}>
      {() => <p>{children}</p>}
    </Form>
  )
}
