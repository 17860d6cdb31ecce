import type { Schemas } from '../../../api/client'

export type ImportRow = Schemas['ImportRowPublic']
export type Job = Schemas['ImportDetails']
