import { ApiError, problemOf } from '../api/client'
import { language } from './language'

/** What openapi-fetch answers to a call with `parseAs: 'blob'`. */
export type Answer = Promise<{ data?: unknown; error?: unknown; response: Response }>

export type FileFormat = 'csv' | 'xlsx'

/** What a call of a list as a file sends: the list's own filters, and the language of headings and words. */
export const asFile = <Query extends object, Path extends object>(
  file_format: FileFormat,
  query: Query,
  path: Path = {} as Path,
) =>
  ({ params: { path: { ...path, file_format }, query: { ...query, language: language() } }, parseAs: 'blob' }) as const

const NAME = /filename\*?=(?:UTF-8'')?"?([^";]+)/

/** Hand a file of the API to the person; it needs their token, so a plain link cannot fetch it. */
export async function download(call: Answer, name: string): Promise<void> {
  const { data, error, response } = await call
  if (error !== undefined || !(data instanceof Blob)) throw new ApiError(problemOf(error))
  const told = NAME.exec(response.headers.get('content-disposition') ?? '')?.[1]
  save(data, told ? decodeURIComponent(told) : name)
}

/** Hand a file that the app holds already to the person. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
