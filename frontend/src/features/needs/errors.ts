import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    need_agreed: msg`The network has agreed on this need; only its coordinator changes it now.`,
  },
  fields: {
    not_a_member: msg`The organisation is not a member of the network.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    needs: typeof errors
  }
}
