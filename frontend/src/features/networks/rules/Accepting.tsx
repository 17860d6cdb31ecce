import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay, formatMoment } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { scopesOf, useMe } from '../../../lib/me'
import { Row, Rows } from '../../../ui/Cards'
import { Empty, Failure } from '../../../ui/Feedback'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { useWrite } from '../../../ui/useWrite'
import type { Part } from '../components/NetworkFrame'
import { useMembers } from '../components/roles'
import { Section } from '../components/Section'
import styles from './Rules.module.css'

type Book = Schemas['RulebookPublic']

/**
 * Who accepted the rulebook in force, for the network's people, and for a member's owner, who accepts it here where
 * that is still to be done.
 */
export function Accepting({ networkId, book, part }: { networkId: string; book: Book; part: Part }) {
  const { t } = useLingui()
  const at = { path: { network_id: networkId, number: book.number } }
  const path = '/api/v1/networks/{network_id}/rulebooks/{number}/acceptances'
  const accepted = query.useInfiniteQuery('get', path, { params: { ...at, query: { limit: 200 } } }, byCursor)
  const members = useMembers(networkId)
  const own = (members.data?.items ?? []).filter(
    (one) => one.state === 'active' && part.owns.includes(one.organisation_id),
  )
  const may = scopesOf(useMe(), 'organisation', 'rulebooks:accept')
  const pages = accepted.data?.pages
  const known = new Set(pages?.flatMap((page) => page.items).map((one) => one.member_id))
  const waiting = own.filter((one) => !known.has(one.id) && may.includes(one.organisation_id))
  if (!part.reads && own.length === 0) return null
  return (
    <Section title={t`Who has accepted it`}>
      {pages && waiting.map((one) => <Accept key={one.id} networkId={networkId} book={book} member={one} />)}
      <PagedList
        query={accepted}
        empty={
          part.reads && (
            <Empty>{t`Nobody has accepted this version yet. A member votes and submits once its owner has accepted it.`}</Empty>
          )
        }
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row key={one.member_id} head={textOf(one.organisation_names)} meta={[formatMoment(one.accepted_at)]} />
            ))}
          </Rows>
        )}
      </PagedList>
    </Section>
  )
}

function Accept({ networkId, book, member }: { networkId: string; book: Book; member: Schemas['MemberPublic'] }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [error, setError] = useState<unknown>()
  const name = textOf(member.organisation_names)
  const accept = () => {
    setError(undefined)
    const path = { network_id: networkId, number: book.number, member_id: member.id }
    const call = api.PUT('/api/v1/networks/{network_id}/rulebooks/{number}/acceptances/{member_id}', {
      params: { path },
    })
    return write(call, t`The rulebook has been accepted: ${name}`).catch(setError)
  }
  return (
    <div className={styles.text}>
      <InlineAlert labelText={t`The rulebook in force has not been accepted: ${name}`}>
        {book.accept_by && member.takes_part
          ? t`Accept it by ${formatDay(book.accept_by)}, so that the organisation can go on voting and submitting.`
          : t`The organisation can vote and submit once it has accepted it.`}
      </InlineAlert>
      <div className={styles.inline}>
        <Button onClick={accept}>{t`Accept the rulebook for ${name}`}</Button>
      </div>
      {error !== undefined && <Failure error={error} />}
    </div>
  )
}
