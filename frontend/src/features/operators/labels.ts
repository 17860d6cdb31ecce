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
  interface LabelsByFeature {
    operators: typeof labels
  }
}
