import { useLingui } from '@lingui/react/macro'
import { compareWords } from '../../../ui/diff/compare'
import { SideBySide } from '../../../ui/diff/SideBySide'
import { fieldName } from './fieldLabels'
import type { ImportRow } from './types'
import { useValues } from './useValues'

/** What a row changes, before and after. */
export function Changes({ of }: { of: ImportRow }) {
  const { t } = useLingui()
  const text = useValues()
  return (
    <SideBySide
      of={of.changes.map(({ field, before, after }) => {
        const name = fieldName(field)
        return {
          key: field,
          name: name ? t(name) : field,
          ...compareWords(text(field, before), text(field, after)),
        }
      })}
    />
  )
}
