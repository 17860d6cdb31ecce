import { useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from 'suomifi-ui-components'
import type { Stretch } from './compare'
import styles from './Marked.module.css'

/**
 * One side of a comparison. What the other side lacks is struck through or underlined on a ground of its own; who
 * listens hears where it begins and ends, since few screen readers tell of `ins` and `del` themselves.
 */
export function Marked({ side, of }: { side: 'old' | 'now'; of: Stretch[] }) {
  return of.map(({ text, changed }, place) =>
    changed ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches have only their place
      <Change key={place} side={side} text={text} />
    ) : (
      text
    ),
  )
}

function Change({ side, text }: { side: 'old' | 'now'; text: string }) {
  const { t, i18n } = useLingui()
  const Tag = side === 'old' ? 'del' : 'ins'
  return (
    <Tag className={styles[side]}>
      <VisuallyHidden lang={i18n.locale}>{side === 'old' ? t`[removed: ` : t`[added: `}</VisuallyHidden>
      {text}
      <VisuallyHidden>]</VisuallyHidden>
    </Tag>
  )
}
