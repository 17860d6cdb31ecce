import type { MessageDescriptor } from '@lingui/core'
import type { ErrorCode } from '../api/codes'
import { type ErrorsByFeature, type FeatureErrors, together } from './featureLabels'
import { errorTexts, GENERIC } from './genericErrors'

const features = Object.values(
  import.meta.glob<FeatureErrors>(['../features/*/errors.ts', '../ui/*/errors.ts'], { eager: true, import: 'default' }),
)
const all = together<ErrorsByFeature>()

/** What errors mean to the person who reads them; a code without words does not compile. */
const errors = { ...GENERIC.errors, ...all(features, 'errors') } satisfies Record<ErrorCode, MessageDescriptor>
const fields = { ...GENERIC.fields, ...all(features, 'fields') }

/** Never imported at the start of a page: `loadErrors` fetches it. */
export const texts = errorTexts({ errors, fields })
