import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import { Facts } from '../../../ui/Facts'
import type { Agreement } from '../parts/agreement'
import { useInWords } from '../parts/inWords'
import type { Part } from './draft'

/** What somebody else saved while one wrote: the parts that both changed, and theirs as it stands now. */
export interface Met {
  clashes: Part[]
  theirs: Agreement
}

export function Clashes({ of: { clashes, theirs } }: { of: Met }) {
  const { t } = useLingui()
  const inWords = useInWords(theirs)
  const parts: string[] = clashes.map((part) => (part === 'starts_on' || part === 'ends_on' ? 'period' : part))
  const others = [parts.includes('parties') && t`Parties`, parts.includes('contacts') && t`Contact persons`].filter(
    Boolean,
  )
  const facts = inWords(theirs)
    .filter((one) => parts.includes(one.key))
    .map((one): [string, string] => [one.name, one.lines.join('\n') || t`(nothing)`])
  return (
    <Block mb="m">
      <InlineAlert status="warning" labelText={t`What you have written is still here, and not saved yet`}>
        <p>
          <Trans>Where you had changed nothing, this form now shows what the other person saved.</Trans>
        </p>
        {clashes.length > 0 ? (
          <>
            <p>
              <Trans>You both changed the parts below. If you save again, yours replaces what the other wrote:</Trans>{' '}
              {others.join(', ')}
            </p>
            <Facts facts={facts} />
          </>
        ) : (
          <p>
            <Trans>You changed different parts: read it through and save again.</Trans>
          </p>
        )}
      </InlineAlert>
    </Block>
  )
}
