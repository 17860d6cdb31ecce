import { Trans, useLingui } from '@lingui/react/macro'
import { Block, Button, InlineAlert } from 'suomifi-ui-components'
import { formatMoment } from '../lib/format'
import type { Offer } from '../lib/kept'
import styles from './Form.module.css'

const SHOWN = 120

/** The longest text of what was typed, so that one knows what it was. */
function wordsOf(offer: Offer): string {
  const texts = Object.values(offer.values).filter((one) => typeof one === 'string')
  const longest = texts.reduce((best, one) => (one.length > best.length ? one : best), '').trim()
  return longest.length > SHOWN ? `${longest.slice(0, SHOWN)}…` : longest
}

/** Offers words that were typed here before and not saved. `overtaken`: somebody has changed the same places since. */
export function KeptWords({
  offer,
  overtaken,
  take,
  drop,
}: {
  offer: Offer
  overtaken: boolean
  take: () => void
  drop: () => void
}) {
  const { t } = useLingui()
  const moment = formatMoment(new Date(offer.at).toISOString())
  const words = wordsOf(offer)
  return (
    <Block mb="m">
      <section aria-label={t`What you did not save`}>
        <InlineAlert labelText={t`You have text here that is not saved: ${moment}`}>
          {words && <blockquote className={styles.words}>{words}</blockquote>}
          {overtaken && (
            <p>
              <Trans>Somebody has changed the same fields since. Check them before you save.</Trans>
            </p>
          )}
          <div className={styles.offer}>
            <Button onClick={take}>{t`Continue where you left off`}</Button>
            <Button variant="secondary" onClick={drop}>{t`Discard the text`}</Button>
          </div>
        </InlineAlert>
      </section>
    </Block>
  )
}
