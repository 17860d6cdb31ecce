import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../api/client'
import { Actions } from '../../ui/Actions'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { Link } from '../../ui/Link'
import { useWrite, withVersion } from '../../ui/useWrite'
import { AnnounceForm, Changes } from './components/Changes'
import { NetworkForm } from './components/NetworkForm'
import { type Network, NetworkFrame } from './components/NetworkFrame'
import { Section } from './components/Section'
import { Officers } from './settings/Officers'

export default function NetworkSettingsPage() {
  const { t } = useLingui()
  return (
    <NetworkFrame>
      {(network, part) =>
        part.leads || part.operates ? (
          <>
            <Section title={t`State of the network`}>
              <State network={network} />
              {part.leads && network.state !== 'closed' && (
                <>
                  <p>
                    <Link to={`networks/${network.id}/decisions?propose=close`}>{t`Propose a break or the end`}</Link>
                  </p>
                  <Announce network={network} />
                </>
              )}
            </Section>
            <Section title={t`Offices`}>
              <Officers network={network} />
            </Section>
            {part.leads && (
              <Section title={t`What the network says of itself`}>
                <About key={network.version} network={network} />
              </Section>
            )}
          </>
        ) : (
          <Empty>{t`The network's coordinators see the settings.`}</Empty>
        )
      }
    </NetworkFrame>
  )
}

function About({ network }: { network: Network }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const params = { path: { network_id: network.id }, header: withVersion(network.version) }
  return (
    <NetworkForm
      network={network}
      kind={network.kind}
      label={t`Save`}
      send={(body) => write(api.PATCH('/api/v1/networks/{network_id}', { params, body }), t`Saved.`)}
    />
  )
}

function Announce({ network }: { network: Network }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <p>
        <Button variant="secondary" onClick={() => setOpen(true)}>{t`Announce a change`}</Button>
      </p>
      <Changes network={network} />
      <Dialog open={open} title={t`Announce a change`} onClose={() => setOpen(false)}>
        <AnnounceForm network={network} close={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function State({ network }: { network: Network }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const at = { params: { path: { network_id: network.id }, header: withVersion(network.version) } }
  const base = '/api/v1/networks/{network_id}' as const
  return (
    <Actions
      of={network.available_actions.filter((one) => one.blocked_by !== 'members_decide')}
      run={{
        activate: {
          label: t`Begin to work`,
          onClick: () => write(api.POST(`${base}/activate`, at), t`The network is active.`),
        },
        close: {
          ends: true,
          label: t`Close the network`,
          form: (done) => (
            <Form
              label={t`Close the network`}
              secondary={<Button variant="secondary" onClick={done}>{t`Cancel`}</Button>}
              send={async () => {
                await write(api.POST(`${base}/close`, at), t`The network is closed.`)
                done()
              }}
            >
              {() => (
                <p>{t`A closed network takes in no members and adopts no rules. Only an operator can form it anew.`}</p>
              )}
            </Form>
          ),
        },
        reopen: {
          label: t`Form anew`,
          onClick: () => write(api.POST(`${base}/reopen`, at), t`The network is forming anew.`),
        },
      }}
    />
  )
}
