import { useLingui } from '@lingui/react/macro'
import { type Signed, toBegin } from '../lib/agreements'
import { formatDay } from '../lib/format'
import { enumLabels } from '../lib/labels'
import { toneOf } from '../lib/tones'
import { StatusTag } from './StatusTag'

/** Where an agreement stands today; one that all have signed is not in force before its first day. */
export function AgreementStatus({ of }: { of: Signed }) {
  const { t } = useLingui()
  if (toBegin(of)) return <StatusTag tone="info">{t`Signed, begins ${formatDay(of.starts_on)}`}</StatusTag>
  return <StatusTag tone={toneOf(of.state)}>{t(enumLabels.AgreementState[of.state])}</StatusTag>
}
