import { useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { toneOf } from '../../lib/tones'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { StatusTag } from '../../ui/StatusTag'
import { Texts } from '../../ui/Texts'
import { type Network, NetworkFrame, type Part } from './components/NetworkFrame'
import { Section } from './components/Section'
import { Accepting } from './rules/Accepting'
import { Comparison } from './rules/Comparison'
import { Draft, NextVersion } from './rules/Draft'
import { RuleSummary } from './rules/RuleSummary'
import styles from './rules/Rules.module.css'

export default function NetworkRulesPage() {
  return <NetworkFrame>{(network, part) => <Rulebooks network={network} part={part} />}</NetworkFrame>
}

function Rulebooks({ network, part }: { network: Network; part: Part }) {
  const { t } = useLingui()
  const [{ version }] = useFilters<'version'>()
  const path = { network_id: network.id }
  const list = query.useQuery('get', '/api/v1/networks/{network_id}/rulebooks', {
    params: { path, query: { limit: 200 } },
  })
  const shown = Number(version ?? network.rulebook_number ?? 0)
  const book = query.useQuery(
    'get',
    '/api/v1/networks/{network_id}/rulebooks/{number}',
    { params: { path: { ...path, number: shown } } },
    { enabled: shown > 0 },
  )
  return (
    <Loaded query={list}>
      {({ items }) => {
        const draft = items.find((one) => one.state === 'draft')
        const earlier = items.filter((one) => one.state !== 'draft')
        return (
          <>
            {shown > 0 ? (
              <Loaded query={book}>{(found) => <Book book={found} network={network} part={part} />}</Loaded>
            ) : (
              <Empty>{t`The network has no rulebook in force yet. Its coordinator drafts the first one.`}</Empty>
            )}
            {draft && <Draft networkId={network.id} number={draft.number} leads={part.leads} />}
            {!draft && part.leads && network.state !== 'closed' && !book.isLoading && (
              <NextVersion networkId={network.id} from={book.data} />
            )}
            {earlier.length > 1 && <Versions network={network} versions={earlier} />}
            {items.length > 1 && <Comparison networkId={network.id} numbers={items.map((one) => one.number)} />}
          </>
        )
      }}
    </Loaded>
  )
}

function Book({ book, network, part }: { book: Schemas['RulebookPublic']; network: Network; part: Part }) {
  const { t } = useLingui()
  return (
    <>
      <Section title={t`Rulebook, version ${book.number}`}>
        <p className={styles.inline}>
          <StatusTag tone={toneOf(book.state)}>{t(enumLabels.RulebookState[book.state])}</StatusTag>
          {book.in_force_at && t`since ${formatDay(book.in_force_at)}`}
        </p>
        <div className={styles.text}>
          <Texts of={book.texts} notice />
        </div>
      </Section>
      <Section title={t`How the network decides`}>
        <RuleSummary rule={book.rule} />
      </Section>
      {book.state === 'in_force' && <Accepting networkId={network.id} book={book} part={part} />}
    </>
  )
}

function Versions({ network, versions }: { network: Network; versions: Schemas['RulebookSummary'][] }) {
  const { t } = useLingui()
  return (
    <Section title={t`All versions`}>
      <Rows>
        {versions.map((one) => (
          <Row
            key={one.id}
            head={<Link to={`networks/${network.id}/rules?version=${one.number}`}>{t`Version ${one.number}`}</Link>}
            status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.RulebookState[one.state])}</StatusTag>}
            meta={[one.in_force_at && t`since ${formatDay(one.in_force_at)}`]}
          />
        ))}
      </Rows>
    </Section>
  )
}
