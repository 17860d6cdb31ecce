import { useLingui } from '@lingui/react/macro'
import { Block, Heading } from 'suomifi-ui-components'
import { Page } from '../../ui/Page'
import { ByFile } from './components/ByFile'
import { ByNumber } from './components/ByNumber'

export default function CheckPage() {
  const { t } = useLingui()
  return (
    <Page
      title={t`Check a puumerkki`}
      lead={t`Anybody can check whether a network's endorsement is genuine and in force, and whether a party has signed an agreement. Nothing that you give here is kept.`}
    >
      <section>
        <Heading variant="h2">{t`By its number`}</Heading>
        <Block mt="s">
          <ByNumber />
        </Block>
      </section>
      <Block mt="l">
        <Heading variant="h2">{t`By its file`}</Heading>
        <Block mt="s">
          <ByFile />
        </Block>
      </Block>
    </Page>
  )
}
