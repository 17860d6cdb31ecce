import type { MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
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
  const texts = useErrorTexts()
  const own = code ? words?.[code] : undefined
  if (own) return t(own)
  return texts && t(texts.reasonText(code))
}
