import { formatNumber } from './format'

/** Bytes in millions, as people say them: with a tenth where they are few. */
export function megabytes(bytes: number): string {
  const tenths = Math.floor(bytes / 100_000) / 10
  return formatNumber(tenths < 10 ? tenths : Math.floor(tenths))
}
