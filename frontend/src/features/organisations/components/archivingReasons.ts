import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../../../api/client'

/** Why an organisation is archived. */
export const archivingReason: Record<Schemas['ArchivingReason'], MessageDescriptor> = {
  merged: msg({ message: 'Merged with another organisation', context: 'ArchivingReason' }),
  dissolved: msg({ message: 'Dissolved', context: 'ArchivingReason' }),
  ceased: msg({ message: 'No longer active', context: 'ArchivingReason' }),
  duplicate: msg({ message: 'The same organisation is listed twice', context: 'ArchivingReason' }),
  other: msg({ message: 'Another reason', context: 'ArchivingReason' }),
}
