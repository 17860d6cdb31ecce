import type { Schemas } from '../../../api/client'

/** A paragraph that both versions have, or what each has in its place; empty where it has nothing. */
export type Row = { same: string } | { old: string; now: string }

/** Paragraphs side by side: of those that were replaced the first stands beside the first, and so on. */
export function rowsOf(pieces: Schemas['Piece'][]): Row[] {
  const rows: Row[] = []
  let removed: string[] = []
  let added: string[] = []
  const settle = () => {
    for (let place = 0; place < Math.max(removed.length, added.length); place++)
      rows.push({ old: removed[place] ?? '', now: added[place] ?? '' })
    removed = []
    added = []
  }
  for (const { kind, text } of pieces) {
    if (kind === 'removed') removed.push(text)
    else if (kind === 'added') added.push(text)
    else {
      settle()
      rows.push({ same: text })
    }
  }
  settle()
  return rows
}
