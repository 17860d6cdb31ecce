import { Trans, useLingui } from '@lingui/react/macro'
import { Link as Anchor, Block, Heading } from 'suomifi-ui-components'
import { apiAddress } from '../../../api/config'
import styles from './parts.module.css'

/** How a credential is checked without this service. */
export function Offline({ number }: { number: string }) {
  const { t } = useLingui()
  return (
    <Block mt="l">
      <Heading variant="h2">{t`Checking it offline`}</Heading>
      <p>
        <Trans>
          Keep the service's public keys once. Then the credential can be checked on any computer without a connection:
          that it is genuine, that it is in force and, with the application's file, that nothing in the application has
          been changed.
        </Trans>
      </p>
      <p>
        <Anchor
          href={`${apiAddress()}/.well-known/jwks.json`}
          download="jwks.json"
        >{t`Download the public keys (jwks.json)`}</Anchor>
      </p>
      <pre className={styles.command}>
        <code>{`puumerkki verify ${number}.jwt --keys jwks.json`}</code>
      </pre>
      <p>
        <Trans>
          Whether the network has revoked it since is known as of a status list, whose address stands in the credential.
        </Trans>
      </p>
    </Block>
  )
}
