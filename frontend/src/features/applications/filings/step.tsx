import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { type Faults, Form } from '../../../ui/Form'
import { useWrite, withVersion } from '../../../ui/useWrite'

export type Filing = Schemas['FilingPublic']

export interface Step {
  filing: Filing
  close: () => void
}

/** Parameters of a write to a filing as it is known. */
export const at = (filing: Filing) => ({ path: { filing_id: filing.id }, header: withVersion(filing.version) })

export const useFilingWrite = () => useWrite('filings', 'applications')

/** A form in a window, with the button that leaves it. */
export function StepForm({
  send,
  close,
  label,
  check,
  children,
}: {
  send: () => Promise<unknown>
  close: () => void
  label: string
  check?: () => Faults
  children: Parameters<typeof Form>[0]['children']
}) {
  const { t } = useLingui()
  return (
    <Form
      send={async () => {
        await send()
        close()
      }}
      label={label}
      check={check}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {children}
    </Form>
  )
}
