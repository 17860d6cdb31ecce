import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, IconPrint } from 'suomifi-ui-components'
import { api, query } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { toneOf } from '../../lib/tones'
import { useParam } from '../../lib/urlState'
import { Actions } from '../../ui/Actions'
import { Dialog } from '../../ui/Dialog'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { StatusTag } from '../../ui/StatusTag'
import { Agenda } from './components/Agenda'
import { Attendance } from './components/Attendance'
import { Choices } from './components/Choices'
import { EditForm } from './components/EditForm'
import styles from './components/Meeting.module.css'
import { Minutes } from './components/Minutes'
import { change, type Meeting, useMeetingWrite } from './components/meeting'

export default function MeetingPage() {
  const { t } = useLingui()
  const meeting_id = useParam('id')
  const found = query.useQuery('get', '/api/v1/meetings/{meeting_id}', { params: { path: { meeting_id } } })
  if (found.data) return <Shown meeting={found.data} />
  return (
    <Page title={t`Meeting`}>
      <Loaded query={found}>{() => null}</Loaded>
    </Page>
  )
}

function Shown({ meeting }: { meeting: Meeting }) {
  const { t } = useLingui()
  const me = useMe()
  const { network_id } = meeting
  const network = query.useQuery('get', '/api/v1/networks/{network_id}', { params: { path: { network_id } } })
  const name = textOf(network.data?.names)
  const recorders = scopesOf(me, 'network', 'meetings:record')
  const records = recorders.includes(network_id) && meeting.state !== 'cancelled'
  return (
    <Page
      title={meeting.title}
      crumbs={[
        { to: 'networks', label: t`Networks` },
        ...(name ? [{ to: `networks/${network_id}`, label: name }] : []),
        { to: `networks/${network_id}/meetings`, label: t`Meetings` },
      ]}
      status={<StatusTag tone={toneOf(meeting.state)}>{t(enumLabels.MeetingState[meeting.state])}</StatusTag>}
    >
      <div className={styles.page}>
        <Facts
          facts={[
            [
              t`Network`,
              name && (
                <Link key="network" to={`networks/${network_id}`}>
                  {name}
                </Link>
              ),
            ],
            [t`Kind`, t(enumLabels.MeetingKind[meeting.kind])],
            [t`Begins`, formatMoment(meeting.starts_at)],
            [t`Ends`, formatMoment(meeting.ends_at)],
            [t`Place`, meeting.place],
          ]}
        />
        <div className={styles.screen}>
          <Steps meeting={meeting} />
        </div>
        <Tools meeting={meeting} records={records} />
        <Agenda meeting={meeting} records={records} />
        <Attendance meeting={meeting} records={records} />
        <Choices meeting={meeting} records={records} />
        <Minutes meeting={meeting} records={records} />
      </div>
    </Page>
  )
}

function Steps({ meeting }: { meeting: Meeting }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const at = change(meeting)
  return (
    <Actions
      of={meeting.available_actions}
      run={{
        hold: {
          label: t`Record as held`,
          onClick: () => write(api.POST('/api/v1/meetings/{meeting_id}/hold', at), t`The meeting is recorded as held`),
        },
        cancel: {
          ends: true,
          label: t`Cancel the meeting`,
          form: (close) => (
            <Form
              label={t`Cancel the meeting`}
              send={async () => {
                await write(api.POST('/api/v1/meetings/{meeting_id}/cancel', at), t`The meeting is cancelled`)
                close()
              }}
              secondary={<Button variant="secondary" onClick={close}>{t`Keep it`}</Button>}
            >
              {() => <p>{t`A cancelled meeting cannot be changed any more.`}</p>}
            </Form>
          ),
        },
      }}
    />
  )
}

function Tools({ meeting, records }: { meeting: Meeting; records: boolean }) {
  const { t } = useLingui()
  const [editing, setEditing] = useState(false)
  const close = () => setEditing(false)
  return (
    <div className={`${styles.buttons} ${styles.tools}`}>
      {records && <Button variant="secondary" onClick={() => setEditing(true)}>{t`Change the meeting`}</Button>}
      <Button variant="secondary" icon={<IconPrint />} onClick={() => window.print()}>
        {t`Print`}
      </Button>
      <Dialog open={editing} title={t`Change the meeting`} onClose={close}>
        <EditForm meeting={meeting} close={close} />
      </Dialog>
    </div>
  )
}
