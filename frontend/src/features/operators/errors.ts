import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    named_since: msg`An operator named you after this was opened. You take part from the next version on. What ends or binds the organisation, you can do 14 days after the naming.`,
    naming_not_needed: msg`The role is held already.`,
    naming_open: msg`A naming is open here already.`,
    not_second_operator: msg`Another operator confirms this.`,
    operator_named: msg`Operators handle no cases: name somebody else.`,
    operators_name_owners: msg`The organisation's administrators change the roles. Operators name an administrator.`,
    operators_take_no_part: msg`Operators take no part in cases. Somebody else of the organisation or network does this.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    operators: typeof errors
  }
}
