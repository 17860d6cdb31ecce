import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { useFilters } from '../../lib/urlState'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { byCursor, PagedList } from '../../ui/PagedList'
import { type Network, NetworkFrame, OnlyForItsPeople, type Part } from './components/NetworkFrame'
import { Section } from './components/Section'
import { Decision } from './decisions/Decision'
import { Propose } from './decisions/Propose'

export default function NetworkDecisionsPage() {
  return (
    <NetworkFrame>
      {(network, part) => (part.reads ? <Decisions network={network} part={part} /> : <OnlyForItsPeople />)}
    </NetworkFrame>
  )
}

/** What the network decides about itself: what is open now, and what became of the rest. */
function Decisions({ network, part }: { network: Network; part: Part }) {
  const { t } = useLingui()
  const [{ propose }, change] = useFilters<'propose'>()
  const [proposing, setProposing] = useState(propose !== undefined)
  const params = { path: { network_id: network.id } }
  const list = query.useInfiniteQuery('get', '/api/v1/networks/{network_id}/decisions', { params }, byCursor)
  const close = () => {
    setProposing(false)
    if (propose) change({ propose: undefined })
  }
  return (
    <Section title={t`Decisions about the network`}>
      {part.speaks && network.state !== 'closed' && (
        <p>
          <Button onClick={() => setProposing(true)}>{t`Make a proposal`}</Button>
        </p>
      )}
      <PagedList
        query={list}
        empty={
          <Empty>{t`No proposals yet. New rules, the chair, the secretary and the end of the network are decided here together.`}</Empty>
        }
      >
        {(items) => items.map((one) => <Decision key={one.id} network={network} id={one.id} />)}
      </PagedList>
      <Dialog open={proposing} title={t`Make a proposal`} onClose={close}>
        <Propose network={network} part={part} first={propose} close={close} />
      </Dialog>
    </Section>
  )
}
