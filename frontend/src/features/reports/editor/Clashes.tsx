import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import { Said } from '../page/Said'
import type { Content, Report } from '../parts/report'
import type { Part } from './draft'

/** What somebody else saved while one wrote: the sections that both changed, and theirs as it stands now. */
export interface Met {
  clashes: Part[]
  theirs: Report
}

export function Clashes({ of: { clashes, theirs } }: { of: Met }) {
  const { t } = useLingui()
  const content: Content = Object.fromEntries(clashes.map((part) => [part, theirs.content[part]]))
  return (
    <Block mb="m">
      <InlineAlert status="warning" labelText={t`What you have written is still here, and not saved yet`}>
        <p>
          <Trans>Where you had changed nothing, this form now shows what the other person saved.</Trans>
        </p>
        {clashes.length > 0 ? (
          <>
            <p>
              <Trans>You both changed the parts below. If you save again, yours replaces what the other wrote:</Trans>
            </p>
            <Said content={content} lang={theirs.language} as="h2" />
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
