import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Block, InlineAlert } from 'suomifi-ui-components'

/** What somebody else saved while one wrote. `children`: theirs of the parts that both changed, where there are any. */
export function Clashes({ some, children }: { some: boolean; children: ReactNode }) {
  const { t } = useLingui()
  return (
    <Block mb="m">
      <InlineAlert status="warning" labelText={t`What you have written is still here, and not saved yet`}>
        <p>
          <Trans>Where you had changed nothing, this form now shows what the other person saved.</Trans>
        </p>
        {some ? (
          <>
            <p>
              <Trans>You both changed the parts below. If you save again, yours replaces what the other wrote:</Trans>
            </p>
            {children}
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
