import { Navigate } from '@tanstack/react-router'
import { isDay } from '../../lib/days'
import { isEvent, taskLabel } from '../../lib/labels'
import { placeOf } from '../../lib/places'
import { useParam } from '../../lib/urlState'
import { inApp } from '../../ui/Link'

/** Where a mail's link leads: where the task is done, as the desk leads there, or the page of what happened. */
export default function ToTaskPage() {
  const kind = useParam('kind')
  const subject = { kind: useParam('subject'), id: useParam('id') }
  const asked = new URLSearchParams(window.location.search)
  const place =
    isEvent(kind) || isDay(kind)
      ? placeOf(subject)
      : taskLabel(kind).to({
          kind,
          subject,
          network_id: asked.get('network'),
          network_names: null,
          organisation_id: asked.get('organisation'),
          organisation_names: null,
          due_on: null,
          created_at: '',
          title: null,
        })
  const { path, search, hash } = inApp(place)
  return <Navigate to={path} search={search} hash={hash} replace />
}
