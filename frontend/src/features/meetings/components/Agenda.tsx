import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Dialog } from '../../../ui/Dialog'
import { Empty, Failure } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { withVersion } from '../../../ui/useWrite'
import { HandlingsForm, type Item, ItemForm } from './ItemForm'
import styles from './Meeting.module.css'
import { change, type Meeting, useMeetingWrite } from './meeting'

type Opened = { what: 'new' } | { what: 'handlings' } | { what: 'change'; item: Item }

/** The agenda in its order; who records the meeting adds, changes, moves and removes. */
export function Agenda({ meeting, records }: { meeting: Meeting; records: boolean }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const [opened, setOpened] = useState<Opened>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null as unknown as HTMLHeadingElement)
  const items = meeting.agenda_items
  const close = () => setOpened(undefined)

  async function attempt(act: () => Promise<unknown>) {
    if (busy) return
    setError(undefined)
    setBusy(true)
    await act().catch(setError)
    setBusy(false)
  }
  const move = (place: number, to: number) =>
    attempt(async () => {
      const ids = items.map((one) => one.id)
      ids.splice(to, 0, ...ids.splice(place, 1))
      const body = { item_ids: ids }
      await write(
        api.PUT('/api/v1/meetings/{meeting_id}/agenda-items/order', { ...change(meeting), body }),
        t`Moved to place ${to + 1}`,
      )
    })
  const remove = (item: Item) =>
    attempt(async () => {
      const params = { path: { meeting_id: meeting.id, item_id: item.id }, header: withVersion(item.version) }
      await write(
        api.DELETE('/api/v1/meetings/{meeting_id}/agenda-items/{item_id}', { params }),
        t`Removed from the agenda`,
      )
      heading.current?.focus()
    })

  return (
    <section>
      <Heading variant="h2" tabIndex={-1} forwardedRef={heading}>{t`Agenda`}</Heading>
      {error !== undefined && <Failure error={error} />}
      {items.length === 0 && <Empty>{t`There is nothing on the agenda yet.`}</Empty>}
      <ol className={styles.agenda}>
        {items.map((item, place) => (
          <li key={item.id}>
            <h3>{item.title}</h3>
            {item.notes && <p className={styles.text}>{item.notes}</p>}
            <About item={item} />
            {records && (
              <div className={styles.buttons}>
                <Small label={t`Move up: ${item.title}`} off={place === 0} onClick={() => move(place, place - 1)}>
                  {t`Up`}
                </Small>
                <Small
                  label={t`Move down: ${item.title}`}
                  off={place === items.length - 1}
                  onClick={() => move(place, place + 1)}
                >
                  {t`Down`}
                </Small>
                <Small label={t`Change: ${item.title}`} onClick={() => setOpened({ what: 'change', item })}>
                  {t`Change`}
                </Small>
                <Small label={t`Remove: ${item.title}`} onClick={() => remove(item)}>
                  {t`Remove`}
                </Small>
              </div>
            )}
          </li>
        ))}
      </ol>
      {records && (
        <div className={styles.buttons}>
          <Button variant="secondary" onClick={() => setOpened({ what: 'new' })}>{t`Add an item`}</Button>
          <Button variant="secondary" onClick={() => setOpened({ what: 'handlings' })}>{t`Add applications`}</Button>
        </div>
      )}
      <Dialog open={opened?.what === 'new'} title={t`Add an item`} onClose={close}>
        <ItemForm meeting={meeting} close={close} />
      </Dialog>
      <Dialog open={opened?.what === 'handlings'} title={t`Add applications`} onClose={close}>
        <HandlingsForm meeting={meeting} close={close} />
      </Dialog>
      {opened?.what === 'change' && (
        <Dialog open title={t`Change the item`} onClose={close}>
          <ItemForm meeting={meeting} item={opened.item} close={close} />
        </Dialog>
      )}
    </section>
  )
}

function Small({
  label,
  off = false,
  onClick,
  children,
}: {
  label: string
  off?: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <Button variant="secondaryNoBorder" aria-label={label} aria-disabled={off} onClick={() => !off && onClick()}>
      {children}
    </Button>
  )
}

function About({ item }: { item: Item }) {
  const { t } = useLingui()
  if (item.subject?.kind === 'handling')
    return <Link to={`handlings/${item.subject.id}`}>{t`Open the handling of ${item.title}`}</Link>
  if (item.subject?.kind === 'need')
    return <Link to={`needs/${item.subject.id}`}>{t`Open the need ${item.title}`}</Link>
  return null
}
