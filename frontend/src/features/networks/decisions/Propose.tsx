import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { useMembers } from '../../../lib/members'
import { Loaded } from '../../../ui/Feedback'
import { type Faults, Form } from '../../../ui/Form'
import { ChooseField, DateField, NumberField, RadiosField, TextArea } from '../../../ui/inputs'
import { PersonField } from '../../../ui/PersonField'
import { SeveralField } from '../../../ui/SeveralField'
import { useWrite } from '../../../ui/useWrite'
import type { Network, Part } from '../components/NetworkFrame'

type Kind = Schemas['DecisionKind']
type Way = Schemas['DecisionWay']

const LEAVING: Kind[] = ['rest', 'close', 'stop_deciding']
const WHOLE: Kind[] = [...LEAVING, 'begin_deciding']
const OFFICES: Kind[] = ['chair', 'secretary']

/** What can be proposed in the network's present state. */
function kindsFor(network: Network, draft: boolean): Kind[] {
  return [
    ...(draft ? (['rulebook'] as Kind[]) : []),
    ...OFFICES,
    ...(network.state === 'active' ? (['rest'] as Kind[]) : []),
    'close',
    ...(network.decides ? (['stop_deciding'] as Kind[]) : []),
    ...(!network.decides && network.prefix ? (['begin_deciding'] as Kind[]) : []),
  ]
}

/** How a kind can be decided, as far as this person can begin it. */
function waysFor(kind: Kind, part: Part): Way[] {
  if (OFFICES.includes(kind)) return ['vote']
  return [
    'vote',
    ...(part.records ? (['meeting'] as Way[]) : []),
    ...(part.leads && WHOLE.includes(kind) ? (['second_person'] as Way[]) : []),
  ]
}

interface Props {
  network: Network
  part: Part
  first?: string
  close: () => void
}

/** Asks what to propose, once it is known whether there is a draft to propose. */
export function Propose(props: Props) {
  const params = { path: { network_id: props.network.id }, query: { state: 'draft' as const } }
  const drafts = query.useQuery('get', '/api/v1/networks/{network_id}/rulebooks', { params })
  return <Loaded query={drafts}>{({ items: [draft] }) => <Proposal {...props} draftId={draft?.id} />}</Loaded>
}

function Proposal({ network, part, first, close, draftId }: Props & { draftId: string | undefined }) {
  const { t } = useLingui()
  const write = useWrite('networks', 'tasks')
  const kinds = kindsFor(network, draftId !== undefined)
  const [kind, setKind] = useState<Kind | ''>(() => kinds.find((one) => one === first) ?? '')
  const [chosen, setWay] = useState<Way>('vote')
  const [person, setPerson] = useState('')
  const [reason, setReason] = useState('')
  const [day, setDay] = useState<string | null>(null)
  const [days, setDays] = useState<number | null>(14)
  const [met, setMet] = useState<string | null>(null)
  const [present, setPresent] = useState<string[]>([])
  const ways = kind ? waysFor(kind, part) : []
  const way = ways.includes(chosen) ? chosen : 'vote'
  const leaving = kind !== '' && LEAVING.includes(kind)
  const office = kind !== '' && OFFICES.includes(kind)
  const onDay = kind === 'rest' || kind === 'close'
  const check = (): Faults => ({
    ...(kind ? {} : { '/kind': t`Choose what you propose.` }),
    ...(office && !person ? { '/subject_id': t`Choose a person.` } : {}),
    ...(leaving && !reason.trim() ? { '/reason': t`Give the reason.` } : {}),
    ...(onDay && !day ? { '/on_day': t`Give a day.` } : {}),
    ...(way === 'meeting' && !met ? { '/met_on': t`Give the day of the meeting.` } : {}),
  })
  const send = async () => {
    const body: Schemas['DecisionPropose'] = {
      kind: kind as Kind,
      way,
      subject_id: office ? person : kind === 'rulebook' ? draftId : null,
      reason: reason.trim() || null,
      on_day: onDay ? day : null,
      accept_days: kind === 'rulebook' ? days : null,
      met_on: way === 'meeting' ? met : null,
      present_member_ids: way === 'meeting' ? present : [],
    }
    const at = { params: { path: { network_id: network.id } }, body }
    await write(api.POST('/api/v1/networks/{network_id}/decisions', at), t`The proposal has been made`)
    close()
  }
  return (
    <Form
      label={t`Propose`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={check}
      send={send}
    >
      {(faultOf) => (
        <>
          <ChooseField
            label={t`What is proposed`}
            name="kind"
            value={kind}
            onChange={(value) => setKind(value as Kind)}
            options={kinds.map((one) => ({ value: one, label: t(enumLabels.DecisionKind[one]) }))}
            fault={faultOf('/kind')}
          />
          {ways.length > 1 && (
            <RadiosField
              label={t`How it is decided`}
              name="way"
              value={way}
              onChange={(value) => setWay(value as Way)}
              options={ways.map((one) => ({ value: one, label: t(enumLabels.DecisionWay[one]) }))}
              fault={faultOf('/way')}
            />
          )}
          {office && (
            <PersonField
              networkId={network.id}
              label={t`Person`}
              name="subject_id"
              value={person}
              onChange={setPerson}
              fault={faultOf('/subject_id')}
            />
          )}
          {kind === 'rulebook' && (
            <NumberField
              label={t`Days to accept`}
              hint={t`At least 14. So long do those vote who accepted the version before.`}
              name="accept_days"
              value={days}
              onChange={setDays}
              fault={faultOf('/accept_days')}
            />
          )}
          {onDay && (
            <DateField
              label={t`On what day`}
              hint={t`Where applications are open, at least 30 days off and after their calls have closed.`}
              name="on_day"
              value={day}
              onChange={setDay}
              fault={faultOf('/on_day')}
            />
          )}
          {way === 'meeting' && (
            <Meeting
              networkId={network.id}
              met={met}
              setMet={setMet}
              present={present}
              setPresent={setPresent}
              faultOf={faultOf}
            />
          )}
          <TextArea
            label={t`Reason`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
            optional={!leaving}
          />
        </>
      )}
    </Form>
  )
}

function Meeting({
  networkId,
  met,
  setMet,
  present,
  setPresent,
  faultOf,
}: {
  networkId: string
  met: string | null
  setMet: (day: string | null) => void
  present: string[]
  setPresent: (ids: string[]) => void
  faultOf: (pointer: string) => Parameters<typeof DateField>[0]['fault']
}) {
  const { t } = useLingui()
  const { options } = useMembers(networkId)
  return (
    <>
      <DateField label={t`Day of the meeting`} name="met_on" value={met} onChange={setMet} fault={faultOf('/met_on')} />
      <SeveralField
        label={t`Members that were present`}
        name="present_member_ids"
        value={present}
        onChange={setPresent}
        options={options}
        fault={faultOf('/present_member_ids')}
      />
    </>
  )
}
