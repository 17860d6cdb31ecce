import type { Schemas } from '../api/client'

/** The sectors of public authorities: the API's rules, and a test holds them against one another. */
export const AUTHORITIES: Schemas['Sector'][] = ['municipality', 'wellbeing_county', 'state']
