import type { Schemas } from '../../../api/client'

type Sector = Schemas['Sector']
type LegalForm = Schemas['LegalForm']

/** The legal forms of each sector, the usual one first: the API's rules, and a test holds them against one another. */
export const FORMS: Record<Sector, LegalForm[]> = {
  municipality: ['municipality', 'joint_authority'],
  wellbeing_county: ['wellbeing_county', 'joint_authority'],
  association: ['registered_association', 'unregistered_group'],
  parish: ['parish', 'parish_union', 'religious_community'],
  company: ['limited_company', 'cooperative', 'other'],
  village_committee: ['unregistered_group', 'registered_association'],
  action_group: ['registered_association'],
  residents: ['unregistered_group', 'registered_association', 'other'],
  state: ['state_agency', 'other'],
  foundation: ['foundation'],
}
