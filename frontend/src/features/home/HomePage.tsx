import { Trans, useLingui } from '@lingui/react/macro'
import { Block, Heading } from 'suomifi-ui-components'
import { useSignedIn } from '../../lib/me'
import { Card, Cards } from '../../ui/Cards'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { Page } from '../../ui/Page'

export default function HomePage() {
  const { t } = useLingui()
  return (
    <Page
      title={t`Working together, in the open`}
      lead={
        <>
          <Trans>
            Municipalities, wellbeing services counties, associations and parishes run their networks here: what each
            area needs, who does what, and which plans carry the network’s puumerkki.
          </Trans>{' '}
          <Trans>
            A puumerkki is a network’s endorsement. It shows that the network has handled the application and supports
            it.
          </Trans>
        </>
      }
    >
      <Own />
      <Cards>
        <Card head={<Link to="networks">{t`Networks`}</Link>}>
          <p>
            <Trans>Who works together, for whom, and by which rules.</Trans>
          </p>
        </Card>
        <Card head={<Link to="organisations">{t`Organisations`}</Link>}>
          <p>
            <Trans>Associations, authorities and parishes, and where they work.</Trans>
          </p>
        </Card>
        <Card head={<Link to="needs">{t`Needs`}</Link>}>
          <p>
            <Trans>What the networks have agreed that each area needs.</Trans>
          </p>
        </Card>
        <Card head={<Link to="calls">{t`Open calls`}</Link>}>
          <p>
            <Trans>Where funding can be applied for, and until when.</Trans>
          </p>
        </Card>
        <Card head={<Link to="agreements/public">{t`Public agreements`}</Link>}>
          <p>
            <Trans>What authorities and organisations have agreed on and let everybody see.</Trans>
          </p>
        </Card>
        <Card head={<Link to="endorsements">{t`Register of puumerkki`}</Link>}>
          <p>
            <Trans>Every endorsement that a network has given.</Trans>
          </p>
        </Card>
        <Card head={<Link to="check">{t`Check a puumerkki`}</Link>}>
          <p>
            <Trans>By its number, or with the file that you were given.</Trans>
          </p>
        </Card>
      </Cards>
      <Block mt="l">
        <Heading variant="h2">{t`How a puumerkki comes about`}</Heading>
        <ol>
          <li>
            <Trans>An association prepares an application and names a city or county as partner.</Trans>
          </li>
          <li>
            <Trans>The network for that field reads it, comments on it and votes by its own rules.</Trans>
          </li>
          <li>
            <Trans>Once the puumerkki is given, the authority prepares the case and decides on the partnership.</Trans>
          </li>
        </ol>
      </Block>
    </Page>
  )
}

/** Where whoever is signed in finds their own. */
function Own() {
  const { t } = useLingui()
  if (!useSignedIn()) return null
  return (
    <nav aria-label={t`My lists`}>
      <Links>
        <Link to="work">{t`My work`}</Link>
        <Link to="work/deadlines">{t`Deadlines`}</Link>
      </Links>
    </nav>
  )
}
