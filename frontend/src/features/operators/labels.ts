import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

const operators: Place = ({ subject }) => `${subject.kind}s/${subject.id}/operators`

const labels = {
  events: {
    'glass.broken': msg`An operator looked in, for a reason that was recorded`,
    'naming.confirmed': msg`A second operator confirmed a naming`,
    'naming.done': msg`Whoever an operator named was offered the role`,
    'naming.lapsed': msg`An operator's naming lapsed`,
    'naming.objected': msg`An operator's naming was objected to`,
    'naming.proposed': msg`An operator named somebody for a role`,
    'naming.withdrawn': msg`An operator's naming was withdrawn`,
  },
  errors: {
    named_since: msg`An operator named you after this was opened. You take part from the next version on. What ends or binds the organisation, you can do 14 days after the naming.`,
    naming_not_needed: msg`The role is held already.`,
    naming_open: msg`A naming is open here already.`,
    not_second_operator: msg`Another operator confirms this.`,
    operator_named: msg`Operators handle no cases: name somebody else.`,
    operators_name_owners: msg`The organisation's administrators change the roles. Operators name an administrator.`,
    operators_take_no_part: msg`Operators take no part in cases. Somebody else of the organisation or network does this.`,
  },
  tasks: {
    naming_to_answer: { label: msg`An operator names somebody: object if it is wrong`, to: operators },
    naming_to_confirm: { label: msg`Second operator: confirm a naming`, to: operators },
  },
  live: {
    naming: ['namings', 'tasks'],
    glass: ['break-glass'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface Labelled {
    operators: typeof labels
  }
}
