import type { ReactNode } from 'react'
import { Block, Heading } from 'suomifi-ui-components'

/** A part of the page under its heading. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Block mt="l" mb="s">
        <Heading variant="h2">{title}</Heading>
      </Block>
      {children}
    </section>
  )
}
