import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

/** What is said below a text of how many characters still fit; nothing where it may be of any length. */
export function useCounter(limit: number | undefined) {
  const { t } = useLingui()
  if (!limit) return {}
  return {
    characterLimit: limit,
    ariaCharactersRemainingText: (left: number) =>
      t`${plural(left, { one: '# character left', other: '# characters left' })}`,
    ariaCharactersExceededText: (over: number) =>
      t`${plural(over, { one: '# character too many', other: '# characters too many' })}`,
  }
}
