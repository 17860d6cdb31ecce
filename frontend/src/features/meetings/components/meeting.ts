import type { Schemas } from '../../../api/client'
import { useWrite, withVersion } from '../../../ui/useWrite'

export type Meeting = Schemas['MeetingDetails']

export const useMeetingWrite = () => useWrite('meetings', 'networks', 'tasks')

/** Parameters of a change: of which meeting, and by which version of it. */
export const change = (meeting: Meeting) => ({
  params: { path: { meeting_id: meeting.id }, header: withVersion(meeting.version) },
})
