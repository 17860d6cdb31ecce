import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { Row } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Form } from '../../../ui/Form'
import { ScopeName } from '../../../ui/ScopeName'
import { StatusTag } from '../../../ui/StatusTag'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { useScopeText } from './rights'
import type { Secret } from './ShownSecret'

/** One service account: what it may do, a new secret, its end. */
export function Account({ of, show }: { of: Schemas['ServiceAccountPublic']; show: (secret: Secret) => void }) {
  const { t } = useLingui()
  const write = useWrite('service-accounts')
  const scopeText = useScopeText()
  const [asked, setAsked] = useState<'rotate' | 'revoke'>()
  const close = () => setAsked(undefined)
  const params = { path: { account_id: of.id }, header: withVersion(of.version) }
  const active = of.state === 'active'

  const rotate = async () => {
    const made = await write(api.POST('/api/v1/service-accounts/{account_id}/rotate-secret', { params }))
    close()
    show(made)
  }
  const revoke = async () => {
    await write(api.DELETE('/api/v1/service-accounts/{account_id}', { params }), t`The service account has ended.`)
    close()
  }

  return (
    <Row
      head={of.name}
      status={<StatusTag tone={active ? 'good' : 'neutral'}>{active ? t`In use` : t`Ended`}</StatusTag>}
      meta={[of.roles.map((one) => t(enumLabels.Role[one])).join(', '), t`made ${formatDay(of.created_at)}`]}
    >
      <p style={{ margin: '4px 0 0' }}>
        <ScopeName kind="organisation" id={of.organisation_id} /> · <code>{of.id}</code>
      </p>
      <p style={{ margin: 0 }}>{of.scopes.map(scopeText).join(', ')}</p>
      {active && (
        <p style={{ margin: '4px 0 0' }}>
          <Button variant="secondary" aria-label={t`New secret for ${of.name}`} onClick={() => setAsked('rotate')}>
            {t`New secret`}
          </Button>{' '}
          <Button variant="secondaryNoBorder" aria-label={t`End ${of.name}`} onClick={() => setAsked('revoke')}>
            {t`End the account`}
          </Button>
        </p>
      )}
      <Dialog open={asked === 'rotate'} title={t`New secret for ${of.name}`} onClose={close}>
        <Form send={rotate} label={t`Make a new secret`}>
          {() => <p>{t`The present secret stops working at once.`}</p>}
        </Form>
      </Dialog>
      <Dialog open={asked === 'revoke'} title={t`End ${of.name}`} onClose={close}>
        <Form send={revoke} label={t`End the account`}>
          {() => <p>{t`The system that uses it can do nothing any more. This cannot be undone.`}</p>}
        </Form>
      </Dialog>
    </Row>
  )
}
