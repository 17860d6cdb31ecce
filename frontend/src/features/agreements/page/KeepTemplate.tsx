import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { textOf } from '../../../lib/language'
import { scopesOf, useMe } from '../../../lib/me'
import { Dialog } from '../../../ui/Dialog'
import { OnDemand, part, preloading } from '../../../ui/OnDemand'
import type { Agreement } from '../components/agreement'

const keeping = part(() => import('./KeepForm'))

/** A way to begin other agreements with what this one says, for who writes for one of its parties. */
export function KeepTemplate({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const mine = scopesOf(useMe(), 'organisation', 'agreements:write')
  const options = agreement.parties
    .filter((one) => mine.includes(one.id))
    .map((one) => ({ value: one.id, label: textOf(one.names) }))
  if (options.length === 0) return null
  const close = () => setOpen(false)
  return (
    <p>
      <Button
        variant="secondaryNoBorder"
        onClick={() => setOpen(true)}
        {...preloading(keeping)}
      >{t`Save as a template`}</Button>
      <Dialog open={open} title={t`Save as a template`} onClose={close}>
        <OnDemand of={keeping}>
          {({ KeepForm }) => <KeepForm agreement={agreement} options={options} close={close} />}
        </OnDemand>
      </Dialog>
    </p>
  )
}
