import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Checkbox, CheckboxGroup, Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { useMembers } from '../../../lib/members'
import { Empty, Failure } from '../../../ui/Feedback'
import styles from './Meeting.module.css'
import { type Meeting, useMeetingWrite } from './meeting'

/** Which members were present; each tick is kept at once. */
export function Attendance({ meeting, records }: { meeting: Meeting; records: boolean }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const members = useMembers(meeting.network_id)
  const [error, setError] = useState<unknown>()
  // what was ticked shows at once, what the service knows replaces it
  const [ticked, setTicked] = useState<Record<string, boolean>>({})
  const present = new Set(meeting.attendances.map((one) => one.member_id))
  const named = [...present].map((id) => members.name(id) ?? t`a former member`)

  async function set(member_id: string, there: boolean) {
    setError(undefined)
    setTicked((before) => ({ ...before, [member_id]: there }))
    const params = { path: { meeting_id: meeting.id, member_id } }
    const path = '/api/v1/meetings/{meeting_id}/attendances/{member_id}'
    await (there ? write(api.PUT(path, { params })) : write(api.DELETE(path, { params }))).catch(setError)
    setTicked(({ [member_id]: _done, ...others }) => others)
  }
  return (
    <section>
      <Heading variant="h2">{t`Present`}</Heading>
      {error !== undefined && <Failure error={error} />}
      {records ? (
        <div className={styles.checks}>
          <CheckboxGroup labelText={t`Members present`} groupHintText={t`Each tick is kept at once.`}>
            {members.options.map((one) => (
              <Checkbox
                key={one.value}
                checked={ticked[one.value] ?? present.has(one.value)}
                onClick={({ checkboxState }) => set(one.value, checkboxState)}
              >
                {one.label}
              </Checkbox>
            ))}
          </CheckboxGroup>
        </div>
      ) : (
        <Names names={members.known ? named : []} />
      )}
      {records && (
        <div className={styles.paper}>
          <Names names={named} />
        </div>
      )}
    </section>
  )
}

function Names({ names }: { names: string[] }) {
  const { t } = useLingui()
  if (names.length === 0) return <Empty>{t`Nobody has been recorded as present yet.`}</Empty>
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}
