import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { Dialog } from '../../../ui/Dialog'
import { Facts } from '../../../ui/Facts'

export type Secret = Schemas['ServiceAccountSecret']

/** A secret, this once. */
export function ShownSecret({ of, onClose }: { of: Secret | undefined; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open={of !== undefined} title={t`Keep the secret now`} onClose={onClose}>
      <p>
        <Trans>It is shown this once and kept nowhere. If it is lost, give the account a new one.</Trans>
      </p>
      <div style={{ overflowWrap: 'anywhere' }}>
        <Facts
          facts={[
            [t`Name`, of?.name],
            [t`Client id`, <code key="id">{of?.client_id}</code>],
            [t`Secret`, <code key="secret">{of?.client_secret}</code>],
          ]}
        />
      </div>
    </Dialog>
  )
}
