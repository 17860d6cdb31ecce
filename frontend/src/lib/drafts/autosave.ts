import { type Choice, type Clash, differing, merge, namesOf, rekeyed, type Shapes, settle, stillOpen } from './merge'

/** A thing as the server holds it. */
export interface Held<T> {
  draft: T
  version: number
}

type Status = 'saved' | 'unsaved' | 'saving' | 'offline' | 'refused'

export interface Snapshot<T> {
  draft: T
  status: Status
  clashes: Clash<T>[]
  /** Fields that the server refused as they are, until they change. */
  refused: Partial<Record<keyof T, string>>
  /** What went wrong, where it is not about single fields. */
  error: unknown
  /** Fields that somebody else changed and that were taken over, told once. */
  taken: (keyof T)[]
}

/** How a refusal is understood. `fields`: codes by field; `stale`: somebody else saved meanwhile. */
export type Refusal<T> =
  | { kind: 'stale' }
  | { kind: 'offline' }
  | { kind: 'fields'; fields: Partial<Record<keyof T, string>> }
  | { kind: 'other' }

export interface Place<T> {
  shapes: Shapes<T>
  /** What of a draft can be saved now: rows that are not complete yet wait. */
  savable: (draft: T, base: T) => T
  fetch: (base: T) => Promise<Held<T>>
  /** Save the named fields; the version after it. */
  send: (draft: T, fields: (keyof T)[], version: number) => Promise<number>
  understand: (error: unknown) => Refusal<T>
  /** Saved by `flush` only. Where somebody else was first, it stops after the merge, so that one reads before one saves. */
  byHand?: boolean
}

const PAUSE_MS = 800
const AGAIN_MS = 5000

/**
 * Saves as one types. It keeps what was last agreed with the server and what is mine; it sends the changed fields only,
 * one request at a time, with the version that it knows; where somebody else was first, it merges and goes on.
 * A form with a button saves the same way, by hand.
 */
export class Autosave<T extends object> {
  private base: T
  private version: number
  private now: Snapshot<T>
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private urgent = false
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly place: Place<T>,
    held: Held<T>,
  ) {
    this.base = held.draft
    this.version = held.version
    this.now = { draft: held.draft, status: 'saved', clashes: [], refused: {}, error: undefined, taken: [] }
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  readonly snapshot = () => this.now

  /** The version that the draft goes by. */
  readonly known = () => this.version

  /** Change fields; they are saved after a short pause. */
  readonly edit = (changed: Partial<T>): void => {
    const refused = { ...this.now.refused }
    for (const field of namesOf(changed as T)) delete refused[field]
    this.tell({ draft: { ...this.now.draft, ...changed }, refused, error: undefined })
    this.later(PAUSE_MS)
  }

  /** The person has chosen between two sides. */
  readonly choose = (clash: Clash<T>, choice: Choice): void => {
    this.tell({
      draft: settle(this.now.draft, clash, choice),
      clashes: this.now.clashes.filter((one) => one !== clash),
    })
    this.later(0)
  }

  /** What is not saved yet, and what stood in its place. */
  readonly unsaved = (): { values: Partial<T>; base: Partial<T> } => {
    const fields = differing(this.place.shapes, this.now.draft, this.base)
    const partOf = (thing: T) => Object.fromEntries(fields.map((field) => [field, thing[field]])) as Partial<T>
    return { values: partOf(this.now.draft), base: partOf(this.base) }
  }

  /** Go on with what was written over `base` at another time: merged with what stands here now. */
  readonly resume = (values: Partial<T>, base: Partial<T>): void => {
    const mine = { ...this.now.draft, ...values }
    const before = { ...this.base, ...base }
    const keyed = rekeyed(this.place.shapes, before, mine, this.base)
    const { draft, clashes } = merge(this.place.shapes, keyed.base, keyed.mine, this.base)
    this.tell({ draft, clashes: stillOpen(draft, clashes, this.now.clashes) })
    this.later(0)
  }

  /** Save now what can be saved; true where nothing is left over. */
  readonly flush = async (): Promise<boolean> => {
    clearTimeout(this.timer)
    this.urgent = true
    try {
      await this.run()
      // a run that was under way may have begun before the last change
      if (this.unsent().length > 0 && this.now.error === undefined) await this.run()
    } finally {
      this.urgent = false
    }
    return this.clean()
  }

  /** What the server holds now, as somebody told or a read gave it. */
  readonly receive = (read: (base: T) => Held<T>): void => {
    const held = read(this.base)
    // while a request is on its way, its answer says whether this is news
    if (this.running || held.version <= this.version) return
    this.take(held)
    this.settleStatus()
    this.later(PAUSE_MS)
  }

  /** Nothing is lost when the page is left now. */
  readonly clean = (): boolean =>
    this.now.clashes.length === 0 && differing(this.place.shapes, this.now.draft, this.base).length === 0

  readonly stop = (): void => clearTimeout(this.timer)

  private tell(changed: Partial<Snapshot<T>>): void {
    const before = this.now
    this.now = { ...before, ...changed }
    if (changed.draft && !changed.status && !this.running) this.now.status = this.clean() ? 'saved' : 'unsaved'
    for (const listener of this.listeners) listener()
  }

  private later(ms: number): void {
    clearTimeout(this.timer)
    if (this.place.byHand) return
    this.timer = setTimeout(() => void this.run(), ms)
  }

  private run(): Promise<void> {
    this.running ??= this.save().finally(() => {
      this.running = undefined
      this.settleStatus()
    })
    return this.running
  }

  private settleStatus(): void {
    const failed = this.now.status === 'offline' || this.now.status === 'refused'
    if (!failed || this.clean()) this.tell({ status: this.clean() ? 'saved' : 'unsaved' })
  }

  private unsent(): (keyof T)[] {
    const { draft, clashes, refused } = this.now
    const savable = this.place.savable(draft, this.base)
    return differing(this.place.shapes, savable, this.base).filter(
      (field) => !clashes.some((clash) => clash.field === field) && refused[field] === undefined,
    )
  }

  private async save(): Promise<void> {
    for (let fields = this.unsent(); fields.length > 0; fields = this.unsent()) {
      const sent = this.place.savable(this.now.draft, this.base)
      this.tell({ status: 'saving' })
      try {
        this.version = await this.place.send(sent, fields, this.version)
      } catch (error) {
        if (!(await this.recover(error, fields))) return
        continue
      }
      const agreed = Object.fromEntries(fields.map((field) => [field, sent[field]])) as unknown as Partial<T>
      this.base = { ...this.base, ...agreed }
      this.tell({ error: undefined })
      // what was typed meanwhile waits for the next pause, unless somebody wants to leave or submit
      if (!this.urgent) return this.unsent().length > 0 ? this.later(PAUSE_MS) : undefined
    }
  }

  /** True where saving can go on at once. */
  private async recover(error: unknown, sent: (keyof T)[]): Promise<boolean> {
    const refusal = this.place.understand(error)
    if (refusal.kind === 'stale') {
      try {
        this.take(await this.place.fetch(this.base))
        if (!this.place.byHand) return true
      } catch (thrown) {
        return this.recover(thrown, sent)
      }
    }
    if (refusal.kind === 'fields' && sent.some((field) => refusal.fields[field] !== undefined)) {
      this.tell({ refused: { ...this.now.refused, ...refusal.fields }, status: 'refused' })
      return true
    }
    this.tell({ status: refusal.kind === 'offline' ? 'offline' : 'refused', error })
    if (refusal.kind === 'offline') this.later(AGAIN_MS)
    return false
  }

  private take(held: Held<T>): void {
    const { draft, clashes, taken } = merge(this.place.shapes, this.base, this.now.draft, held.draft)
    this.base = held.draft
    this.version = held.version
    this.tell({ draft, clashes: stillOpen(draft, clashes, this.now.clashes), taken })
  }
}
