import { useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { Empty, Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Reason } from '../../../ui/Reason'
import { MOVES } from './moves'
import styles from './Work.module.css'

type Item = Schemas['HandlingItem']

const OPEN: Schemas['HandlingState'][] = ['received', 'in_review', 'returned', 'in_ballot']
const DECIDED: Schemas['HandlingState'][] = ['endorsed', 'declined', 'stated']
/** So many of the decided ones; the list shows all. */
const LATEST = 10

/** The applications in columns by state; a card's menu leads to the steps that are possible. */
export function Board({ networkId }: { networkId: string }) {
  const { t } = useLingui()
  const open = query.useQuery('get', '/api/v1/handlings', {
    params: { query: { network: networkId, state: OPEN, limit: 200 } },
  })
  const decided = query.useQuery('get', '/api/v1/handlings', {
    params: { query: { network: networkId, state: DECIDED, limit: LATEST } },
  })
  return (
    <Loaded query={open}>
      {({ items }) => (
        <Loaded query={decided}>
          {(ended) =>
            items.length + ended.items.length === 0 ? (
              <Empty>{t`No application has come to the network yet. Those that ask for it come here by themselves.`}</Empty>
            ) : (
              <div className={styles.board}>
                {OPEN.map((state) => (
                  <Column
                    key={state}
                    title={t(enumLabels.HandlingState[state])}
                    items={items.filter((one) => one.state === state)}
                  />
                ))}
                <Column title={t`Latest decided`} items={ended.items} told />
              </div>
            )
          }
        </Loaded>
      )}
    </Loaded>
  )
}

function Column({ title, items, told = false }: { title: string; items: Item[]; told?: boolean }) {
  const { t } = useLingui()
  const name = useId()
  return (
    <section className={styles.column} aria-labelledby={name}>
      <Heading variant="h3" id={name}>
        {`${title} (${items.length})`}
      </Heading>
      {items.length === 0 ? (
        <p className={styles.meta}>{t`None now`}</p>
      ) : (
        <ul>
          {items.map((one) => (
            <li key={one.id} className={styles.card}>
              <Link to={`handlings/${one.id}`}>{one.title}</Link>
              <p className={styles.meta}>
                {told && `${t(enumLabels.HandlingState[one.state])} · `}
                {told ? formatDay(one.decided_at) : t`handle by ${formatDay(one.handle_by)}`}
                {' · '}
                {t`version ${one.version_number}`}
              </p>
              <MoveTo item={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function MoveTo({ item }: { item: Item }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const list = useId()
  return (
    <>
      <Button
        variant="secondaryNoBorder"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-label={t`Move to: ${item.title}`}
        onClick={() => setOpen(!open)}
      >
        {t`Move to`}
      </Button>
      {open && (
        <div id={list}>
          <Moves item={item} />
        </div>
      )}
    </>
  )
}

function Moves({ item }: { item: Item }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/handlings/{handling_id}', { params: { path: { handling_id: item.id } } })
  return (
    <Loaded query={found}>
      {({ available_actions }) => {
        const moves = available_actions.flatMap((one) => {
          const word = MOVES[one.action]
          return word && (one.allowed || one.blocked_by !== 'forbidden') ? [{ ...one, word }] : []
        })
        if (moves.length === 0) return <p className={styles.meta}>{t`You have no step to take here now.`}</p>
        return (
          <ul className={styles.moves}>
            {moves.map((one) => (
              <li key={one.action}>
                {one.allowed ? (
                  <Link to={`handlings/${item.id}?action=${one.action}`}>{t(one.word)}</Link>
                ) : (
                  <span className={styles.meta}>
                    {t(one.word)}: <Reason code={one.blocked_by} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )
      }}
    </Loaded>
  )
}
