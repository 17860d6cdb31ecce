export interface Amount {
  cents: number
  hours: number
}

/** Rows that have the same key as one, with their sums, in the order in which they appear. */
export function grouped<T extends Amount>(rows: T[], keyOf: (row: T) => string): (T & { key: string })[] {
  const found = new Map<string, T & { key: string }>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = found.get(key)
    found.set(
      key,
      known ? { ...known, cents: known.cents + row.cents, hours: known.hours + row.hours } : { ...row, key },
    )
  }
  return [...found.values()]
}
