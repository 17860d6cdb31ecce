import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { Actions } from '../../../ui/Actions'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { DateField } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { Texts } from '../../../ui/Texts'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { Section } from '../components/Section'
import { RulebookForm } from './RulebookForm'
import { RuleSummary } from './RuleSummary'
import styles from './Rules.module.css'

type Book = Schemas['RulebookPublic']

/** What a first rulebook begins with: the API's own defaults. */
const FIRST: Schemas['DecisionRule'] = {
  method: 'simple_majority',
  quorum_percent: 50,
  handling_days: 14,
  ballot_days: 14,
  validity_days: 365,
  blanks_count: false,
  closes_early: false,
  one_is_enough: false,
  authority_votes: false,
  shared_owners_apart: false,
  umbrellas_stand_aside: false,
  same_call_stands_aside: false,
  required_parts: [
    'title',
    'purpose',
    'target_groups',
    'goals',
    'methods',
    'duration',
    'partners',
    'complements',
    'cooperation',
  ],
  minor_fields: [],
  votes_public: false,
  declines_public: false,
}

/** The coordinator begins the next version, from the one in force. */
export function NextVersion({ networkId, from }: { networkId: string; from: Book | undefined }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const write = useWrite('networks')
  const send = (body: Schemas['RulebookCreate']) =>
    write(
      api.POST('/api/v1/networks/{network_id}/rulebooks', { params: { path: { network_id: networkId } }, body }),
      t`The draft is kept.`,
    )
  if (!open) return <Button variant="secondary" onClick={() => setOpen(true)}>{t`Draft the next version`}</Button>
  return (
    <Section title={t`Next version`}>
      <RulebookForm
        texts={from?.texts ?? {}}
        rule={from?.rule ?? FIRST}
        send={send}
        secondary={<Button variant="secondary" onClick={() => setOpen(false)}>{t`Cancel`}</Button>}
      />
    </Section>
  )
}

/** A draft, as the network's people see it; the coordinator changes it, throws it away or puts it into force. */
export function Draft({ networkId, number, leads }: { networkId: string; number: number; leads: boolean }) {
  const { t } = useLingui()
  const [editing, setEditing] = useState(false)
  const write = useWrite('networks')
  const path = { network_id: networkId, number }
  const found = query.useQuery('get', '/api/v1/networks/{network_id}/rulebooks/{number}', { params: { path } })
  const at = (book: Book) => ({ params: { path, header: withVersion(book.version) } })
  return (
    <Section title={t`Draft of version ${number}`}>
      <Loaded query={found}>
        {(book) =>
          editing ? (
            <RulebookForm
              texts={book.texts}
              rule={book.rule}
              send={async (body) => {
                await write(
                  api.PATCH('/api/v1/networks/{network_id}/rulebooks/{number}', { ...at(book), body }),
                  t`The draft is kept.`,
                )
                setEditing(false)
              }}
              secondary={<Button variant="secondary" onClick={() => setEditing(false)}>{t`Cancel`}</Button>}
            />
          ) : (
            <>
              <div className={styles.text}>
                <Texts of={book.texts} notice />
              </div>
              <RuleSummary rule={book.rule} />
              <Actions
                of={book.available_actions.filter((one) => one.allowed)}
                run={{
                  adopt: { label: t`Put into force`, form: (close) => <Adopt book={book} close={close} /> },
                }}
              />
              {leads && book.available_actions.some((one) => one.blocked_by === 'members_decide') && (
                <p>
                  <Link to={`networks/${networkId}/decisions?propose=rulebook`}>{t`Let the members decide`}</Link>
                </p>
              )}
              {leads && (
                <div className={styles.inline}>
                  <Button variant="secondary" onClick={() => setEditing(true)}>{t`Edit the draft`}</Button>
                  <Button
                    variant="secondaryNoBorder"
                    onClick={() =>
                      write(
                        api.DELETE('/api/v1/networks/{network_id}/rulebooks/{number}', at(book)),
                        t`The draft is gone.`,
                      )
                    }
                  >
                    {t`Throw the draft away`}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function Adopt({ book, close }: { book: Book; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [acceptBy, setAcceptBy] = useState<string | null>(null)
  const path = { network_id: book.network_id, number: book.number }
  return (
    <Form
      label={t`Put into force`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      send={async () => {
        await write(
          api.POST('/api/v1/networks/{network_id}/rulebooks/{number}/adopt', {
            params: { path, header: withVersion(book.version) },
            body: { accept_by: acceptBy },
          }),
          t`The rulebook is in force.`,
        )
        close()
      }}
    >
      {(faultOf) => (
        <>
          <p>{t`Every member is asked to accept the new version.`}</p>
          <DateField
            label={t`Last day to accept`}
            hint={t`Until then those who accepted the version before can go on voting. For example 31.3.2027`}
            name="accept_by"
            value={acceptBy}
            onChange={setAcceptBy}
            fault={faultOf('/accept_by')}
            optional
          />
        </>
      )}
    </Form>
  )
}
