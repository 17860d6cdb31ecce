import type { MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { Suspense } from 'react'
import { useErrorTexts } from '../lib/loadErrors'

/** Why something is not possible now, or ended, by its code; `words` go before the texts of errors. */
export function Reason({
  code,
  words,
}: {
  code: string | null | undefined
  words?: Record<string, MessageDescriptor>
}) {
  const { t } = useLingui()
  const own = code ? words?.[code] : undefined
  if (own) return t(own)
  return (
    <Suspense>
      <ErrorText code={code} />
    </Suspense>
  )
}

function ErrorText({ code }: { code: string | null | undefined }) {
  const { t } = useLingui()
  return t(useErrorTexts().reasonText(code))
}
