/**
 * Two people edit one thing. What one of them changed is kept, what both changed in the same place is a clash: it is
 * shown to the person, who chooses, and until then neither side has lost a word. Nothing here knows the form's fields.
 */

/** A row of a list, told from others by its key. */
interface Row {
  key: string
}

/** How a field is compared: as one value, as a set in no order, row by row, or as one value by what of it is sent. */
type Shape<V> = 'value' | 'set' | 'rows' | ((value: V) => unknown)
export type Shapes<T> = { [Name in keyof T]: Shape<T[Name]> }

/** One place that both changed. `key`: of a row, null where the field is one value; `theirs` null: they removed it. */
export interface Clash<T> {
  field: keyof T
  key: string | null
  theirs: unknown
}

interface Merged<T> {
  draft: T
  clashes: Clash<T>[]
  /** The fields that now hold what the other one wrote. */
  taken: (keyof T)[]
}

/** Whether two values say the same: blanks around a text, nothing and an empty text are no difference. */
export const same = (a: unknown, b: unknown) => plain(a) === plain(b)

const plain = (value: unknown) => JSON.stringify(tidy(value))

function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() || null
  if (Array.isArray(value)) return value.map(tidy)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, tidy(inner)]),
    )
  return value ?? null
}

/** Whether a field holds the same, compared by its shape. */
function sameField<V>(shape: Shape<V>, a: V, b: V): boolean {
  if (typeof shape === 'function') return same(shape(a), shape(b))
  return shape === 'set' ? same([...(a as string[])].sort(), [...(b as string[])].sort()) : same(a, b)
}

/** The fields of a thing; `Object.keys` forgets their names. */
export const namesOf = <T extends object>(thing: T) => Object.keys(thing) as (keyof T)[]

/** The fields in which two drafts differ. */
export const differing = <T extends object>(shapes: Shapes<T>, one: T, other: T) =>
  namesOf(shapes).filter((field) => !sameField(shapes[field], one[field], other[field]))

/** What comes of `base` after both what I changed and what they changed; where these clash, mine stays. */
export function merge<T extends object>(shapes: Shapes<T>, base: T, mine: T, theirs: T): Merged<T> {
  const merged: Merged<T> = { draft: { ...mine }, clashes: [], taken: [] }
  for (const field of namesOf(shapes)) {
    const shape = shapes[field]
    if (sameField(shape, mine[field], theirs[field]) || sameField(shape, theirs[field], base[field])) continue
    merged.draft[field] = mergeField(shape, base[field], mine[field], theirs[field], (key, lost) =>
      merged.clashes.push({ field, key, theirs: lost }),
    )
    if (!sameField(shape, merged.draft[field], mine[field])) merged.taken.push(field)
  }
  return merged
}

type Clashing = (key: string | null, theirs: unknown) => void

function mergeField<V>(shape: Shape<V>, base: V, mine: V, theirs: V, clash: Clashing): V {
  if (shape === 'set') return mergeSet(base as string[], mine as string[], theirs as string[]) as V
  if (shape === 'rows') return mergeRows(base as Row[], mine as Row[], theirs as Row[], clash) as V
  if (sameField(shape, mine, base)) return theirs
  clash(null, theirs)
  return mine
}

function mergeSet(base: string[], mine: string[], theirs: string[]): string[] {
  const stay = mine.filter((one) => theirs.includes(one) || !base.includes(one))
  return [...stay, ...theirs.filter((one) => !mine.includes(one) && !base.includes(one))]
}

function mergeRows(base: Row[], mine: Row[], theirs: Row[], clash: Clashing): Row[] {
  const find = (rows: Row[], key: string) => rows.find((row) => row.key === key)
  const merged: Row[] = []
  for (const row of mine) {
    const before = find(base, row.key)
    const other = find(theirs, row.key)
    if (other) merged.push(mergeRow(before, row, other, clash))
    else if (!before || !same(row, before)) {
      merged.push(row)
      if (before) clash(row.key, null)
    }
  }
  for (const row of theirs) {
    if (find(mine, row.key)) continue
    const before = find(base, row.key)
    if (!before) merged.push(row)
    else if (!same(row, before)) clash(row.key, row)
  }
  return merged
}

/** One row, field by field. Where these clash, the other side's row carries all that does not. */
function mergeRow(before: Row | undefined, mine: Row, theirs: Row, clash: Clashing): Row {
  const was = (before ?? {}) as Record<string, unknown>
  const ours = { ...mine } as Record<string, unknown>
  const others = { ...theirs } as Record<string, unknown>
  let clashes = false
  for (const name of new Set([...Object.keys(ours), ...Object.keys(others)])) {
    if (same(ours[name], others[name])) continue
    if (same(ours[name], was[name])) ours[name] = others[name]
    else if (same(others[name], was[name])) others[name] = ours[name]
    else clashes = true
  }
  if (clashes) clash(mine.key, others)
  return ours as unknown as Row
}

/** Rows that say the same as one that stands there now get its key, in `base` and in `mine`: keys may be new each time. */
export function rekeyed<T extends object>(shapes: Shapes<T>, base: T, mine: T, now: T): { base: T; mine: T } {
  const keyed = { base: { ...base }, mine: { ...mine } }
  for (const field of namesOf(shapes)) {
    if (shapes[field] !== 'rows') continue
    const left = [...(now[field] as Row[])]
    const keys = new Map<string, string>()
    for (const { key, ...words } of base[field] as Row[]) {
      const place = left.findIndex((row) => row.key === key || same({ ...row, key: '' }, { ...words, key: '' }))
      const [found] = place < 0 ? [] : left.splice(place, 1)
      if (found) keys.set(key, found.key)
    }
    const rows = (of: unknown) => (of as Row[]).map((row) => ({ ...row, key: keys.get(row.key) ?? row.key }))
    Object.assign(keyed.base, { [field]: rows(base[field]) })
    Object.assign(keyed.mine, { [field]: rows(mine[field]) })
  }
  return keyed
}

/** My side of a clash as it is now; null: I removed it. */
export function mineOf<T extends object>(draft: T, clash: Clash<T>): unknown {
  if (clash.key === null) return draft[clash.field]
  return (draft[clash.field] as Row[]).find((row) => row.key === clash.key) ?? null
}

/** The clashes that still stand: those found now, and earlier ones that nothing has settled since. */
export function stillOpen<T extends object>(draft: T, found: Clash<T>[], earlier: Clash<T>[]): Clash<T>[] {
  const again = (old: Clash<T>) => found.some((one) => one.field === old.field && one.key === old.key)
  return [...found, ...earlier.filter((old) => !again(old) && !same(mineOf(draft, old), old.theirs))]
}

/** Mine, theirs, or both texts one below the other. */
export type Choice = 'mine' | 'theirs' | 'both'

/** The draft after the person has chosen. */
export function settle<T extends object>(draft: T, clash: Clash<T>, choice: Choice): T {
  if (choice === 'mine') return draft
  if (clash.key === null) {
    const chosen = choice === 'both' ? `${String(mineOf(draft, clash)).trim()}\n\n${clash.theirs}` : clash.theirs
    return { ...draft, [clash.field]: chosen }
  }
  const rows = draft[clash.field] as Row[]
  const theirs = clash.theirs as Row | null
  const others = rows.filter((row) => row.key !== clash.key)
  const replaced = rows.map((row) => (row.key === clash.key && theirs ? theirs : row))
  const settled = theirs === null ? others : rows.length === others.length ? [...rows, theirs] : replaced
  return { ...draft, [clash.field]: settled }
}
