import { createContext, type RefObject, useContext, useEffect, useRef } from 'react'
import type { Sending } from '../../../ui/Form'

/** The form of a row: whether something in it is typed and not saved, and the way to save it. */
interface TypedRow {
  typed: RefObject<boolean>
  form: RefObject<Sending | null>
}

/** Rows whose cells are being corrected, by number; what acts on all rows saves them first. */
export class TypedRows {
  private readonly rows = new Map<number, TypedRow>()

  /** From now on the row is known; the end of that. */
  begin(row: number, of: TypedRow): () => void {
    this.rows.set(row, of)
    return () => this.rows.delete(row)
  }

  /** Whether something is typed and not saved. */
  some = () => [...this.rows.values()].some((one) => one.typed.current)

  /** Saves row by row what is typed. Stops at the first that is refused, which says why, and answers with its number. */
  async save(): Promise<number | undefined> {
    for (const [row, { typed, form }] of [...this.rows].sort(([a], [b]) => a - b))
      if (typed.current && !(await form.current?.send())) return row
    return undefined
  }
}

export const TypedRowsOf = createContext(new TypedRows())

/** For the form of a row: its handle. `typed`: whether something in it is not saved. */
export function useTypedRow(row: number, typed: boolean): RefObject<Sending | null> {
  const rows = useContext(TypedRowsOf)
  const form = useRef<Sending>(null)
  const now = useRef(typed)
  now.current = typed
  useEffect(() => rows.begin(row, { typed: now, form }), [rows, row])
  return form
}
