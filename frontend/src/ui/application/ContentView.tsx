import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../api/client'
import { formatDay, formatMoney } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { useTargetGroups } from '../../lib/targetGroups'
import { Part, Prose } from '../Quoted'
import { Amount, Table } from '../Table'

const TEXTS = ['purpose', 'target_groups', 'goals', 'methods', 'duration'] as const
const MORE = ['partners', 'complements', 'cooperation', 'needs'] as const

/** The parts of an application, in the order of the form; what is not given is left out. */
export function ContentView({ content, lang }: { content: Schemas['ContentPublic']; lang?: string }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const values: Partial<Record<Schemas['ApplicationPart'], string | null | undefined>> = {
    ...content,
    target_groups: content.target_groups?.map(groups.name).join(', '),
    duration: content.duration && `${formatDay(content.duration.starts_on)} – ${formatDay(content.duration.ends_on)}`,
    budget: null,
    measures: null,
  }
  return (
    <>
      {[...TEXTS, ...MORE].map((part) =>
        values[part] ? (
          <Part key={part} title={t(enumLabels.ApplicationPart[part])} lang={part === 'duration' ? undefined : lang}>
            <Prose>{values[part]}</Prose>
          </Part>
        ) : null,
      )}
      {content.budget && content.budget.items.length > 0 && (
        <Part title={t(enumLabels.ApplicationPart.budget)}>
          <BudgetTable budget={content.budget} />
        </Part>
      )}
      {content.measures && content.measures.length > 0 && (
        <Part title={t(enumLabels.ApplicationPart.measures)} lang={lang}>
          <ul>
            {content.measures.map(({ key, name, target }) => (
              <li key={key}>{target ? `${name}: ${target}` : name}</li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

/** What it costs, line by line, with who pays where it is not the grant. */
function BudgetTable({ budget }: { budget: Schemas['BudgetPublic'] }) {
  const { t } = useLingui()
  const foot = (
    <tr>
      <th scope="row" colSpan={2}>
        <Trans>In all</Trans>
      </th>
      <Amount>{formatMoney(budget.total_cents)}</Amount>
    </tr>
  )
  return (
    <Table amounts={1} heads={[t`What`, t`Who pays`, t`Sum`]} foot={foot}>
      {budget.items.map(({ key, name, source, cents }) => (
        <tr key={key}>
          <td>{name}</td>
          <td>{source ?? t`The grant`}</td>
          <Amount>{formatMoney(cents)}</Amount>
        </tr>
      ))}
    </Table>
  )
}
