// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Autosave, type Held, type Refusal } from './autosave'
import type { Shapes } from './merge'

interface Thing {
  title: string
  goals: string
  budget: { key: string; name: string }[]
}

const SHAPES: Shapes<Thing> = { title: 'value', goals: 'value', budget: 'rows' }
const FIRST: Thing = { title: 'Home', goals: '', budget: [] }

/** A server of one thing, with a door that can be shut and what it was sent. */
class Server {
  held: Held<Thing> = { draft: FIRST, version: 1 }
  readonly sent: { fields: string[]; version: number }[] = []
  trouble: Refusal<Thing> | undefined
  door: Promise<void> = Promise.resolve()

  save(changed: Partial<Thing>): void {
    this.held = { draft: { ...this.held.draft, ...changed }, version: this.held.version + 1 }
  }

  readonly place = {
    shapes: SHAPES,
    savable: (draft: Thing) => ({ ...draft, budget: draft.budget.filter((row) => row.name) }),
    fetch: async () => this.held,
    understand: (error: unknown) => error as Refusal<Thing>,
    send: async (draft: Thing, fields: (keyof Thing)[], version: number) => {
      this.sent.push({ fields, version })
      await this.door
      if (this.trouble) throw this.trouble
      if (version !== this.held.version) throw { kind: 'stale' } satisfies Refusal<Thing>
      this.save(Object.fromEntries(fields.map((field) => [field, draft[field]])))
      return this.held.version
    },
  }
}

let server: Server
let saving: Autosave<Thing>
beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  saving = new Autosave(server.place, server.held)
})
afterEach(() => {
  saving.stop()
  vi.useRealTimers()
})
const pause = () => vi.advanceTimersByTimeAsync(1000)

describe('saving', () => {
  test('only what changed, after a pause, with the version', async () => {
    saving.edit({ title: 'To' })
    saving.edit({ title: 'Together' })
    expect(saving.snapshot().status).toBe('unsaved')
    expect(server.sent).toEqual([])
    await pause()
    expect(server.sent).toEqual([{ fields: ['title'], version: 1 }])
    expect(server.held.draft).toEqual({ ...FIRST, title: 'Together' })
    expect(saving.snapshot().status).toBe('saved')
    expect(saving.clean()).toBe(true)
  })

  test('one request at a time; what is typed meanwhile goes with the next', async () => {
    let open = () => {}
    server.door = new Promise((resolve) => {
      open = resolve
    })
    saving.edit({ title: 'Together' })
    await pause()
    saving.edit({ goals: 'Nobody alone' })
    await pause()
    expect(server.sent).toHaveLength(1)
    expect(saving.snapshot().status).toBe('saving')
    open()
    await pause()
    expect(server.sent).toEqual([
      { fields: ['title'], version: 1 },
      { fields: ['goals'], version: 2 },
    ])
    expect(saving.snapshot()).toMatchObject({ status: 'saved', draft: { title: 'Together', goals: 'Nobody alone' } })
  })

  test('leaving saves at once, also what was typed while a request was on its way', async () => {
    saving.edit({ title: 'Together' })
    const left = saving.flush()
    saving.edit({ goals: 'Nobody alone' })
    expect(await left).toBe(true)
    expect(server.held.draft).toMatchObject({ title: 'Together', goals: 'Nobody alone' })
  })

  test('a row that is not complete waits, and that is said', async () => {
    saving.edit({ title: 'Together', budget: [{ key: 'a', name: '' }] })
    await pause()
    expect(server.held.draft).toMatchObject({ title: 'Together', budget: [] })
    expect(saving.snapshot()).toMatchObject({ status: 'unsaved', draft: { budget: [{ key: 'a', name: '' }] } })
    expect(await saving.flush()).toBe(false)
  })

  test('without a connection it tries again', async () => {
    server.trouble = { kind: 'offline' }
    saving.edit({ title: 'Together' })
    await pause()
    expect(saving.snapshot().status).toBe('offline')
    server.trouble = undefined
    await vi.advanceTimersByTimeAsync(6000)
    expect(saving.snapshot().status).toBe('saved')
    expect(server.held.draft.title).toBe('Together')
  })

  test('a field that is refused waits until it changes; the others are saved', async () => {
    server.trouble = { kind: 'fields', fields: { title: 'too_long' } }
    saving.edit({ title: 'Too long', goals: 'Nobody alone' })
    const send = server.place.send
    server.place.send = async (draft, fields, version) => {
      if (!fields.includes('title')) server.trouble = undefined
      return send(draft, fields, version)
    }
    await pause()
    expect(server.held.draft).toEqual({ ...FIRST, goals: 'Nobody alone' })
    expect(saving.snapshot()).toMatchObject({ refused: { title: 'too_long' }, status: 'unsaved' })
    saving.edit({ title: 'Short' })
    await pause()
    expect(server.held.draft.title).toBe('Short')
    expect(saving.snapshot()).toMatchObject({ refused: {}, status: 'saved' })
  })

  test('a refusal of the whole is told and not tried again by itself', async () => {
    server.trouble = { kind: 'other' }
    saving.edit({ title: 'Together' })
    await pause()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(server.sent).toHaveLength(1)
    expect(saving.snapshot()).toMatchObject({ status: 'refused', error: { kind: 'other' } })
  })
})

describe('two editors', () => {
  test('other fields merge silently', async () => {
    server.save({ goals: 'Nobody alone' })
    saving.edit({ title: 'Together' })
    await pause()
    expect(server.held.draft).toMatchObject({ title: 'Together', goals: 'Nobody alone' })
    expect(saving.snapshot()).toMatchObject({ status: 'saved', taken: ['goals'], draft: server.held.draft })
  })

  test('the same field asks; neither side is lost, and the rest goes on being saved', async () => {
    server.save({ goals: 'Theirs' })
    saving.edit({ goals: 'Mine' })
    await pause()
    expect(server.held.draft.goals).toBe('Theirs')
    const [clash] = saving.snapshot().clashes
    expect(clash).toEqual({ field: 'goals', key: null, theirs: 'Theirs' })
    expect(saving.snapshot()).toMatchObject({ status: 'unsaved', draft: { goals: 'Mine' } })
    saving.edit({ title: 'Together' })
    await pause()
    expect(server.held.draft).toMatchObject({ title: 'Together', goals: 'Theirs' })
    expect(saving.clean()).toBe(false)
    if (clash) saving.choose(clash, 'both')
    await pause()
    expect(server.held.draft.goals).toBe('Mine\n\nTheirs')
    expect(saving.snapshot()).toMatchObject({ status: 'saved', clashes: [] })
  })

  test('what is told in passing is taken over, and an old reading is not', async () => {
    server.save({ goals: 'Theirs' })
    saving.receive(() => server.held)
    expect(saving.snapshot()).toMatchObject({ status: 'saved', draft: { goals: 'Theirs' }, taken: ['goals'] })
    saving.receive(() => ({ draft: FIRST, version: 1 }))
    expect(saving.snapshot().draft.goals).toBe('Theirs')
  })

  test('their later change of a field that clashes takes the place of the earlier one', async () => {
    server.save({ goals: 'Theirs' })
    saving.edit({ goals: 'Mine' })
    await pause()
    server.save({ goals: 'Theirs again' })
    saving.receive(() => server.held)
    expect(saving.snapshot().clashes).toEqual([{ field: 'goals', key: null, theirs: 'Theirs again' }])
    server.save({ title: 'Unrelated' })
    saving.receive(() => server.held)
    expect(saving.snapshot().clashes).toHaveLength(1)
  })
})

describe('by hand', () => {
  beforeEach(() => {
    saving = new Autosave({ ...server.place, byHand: true }, server.held)
  })

  test('nothing is saved until one says so', async () => {
    saving.edit({ title: 'Together' })
    await pause()
    expect([server.sent, saving.snapshot().status]).toEqual([[], 'unsaved'])
    expect(await saving.flush()).toBe(true)
    expect(server.held.draft.title).toBe('Together')
  })

  test('where somebody else was first one reads theirs; then yours is saved, also where both changed', async () => {
    server.save({ goals: 'Theirs', budget: [{ key: 'a', name: 'Rent' }] })
    saving.edit({ title: 'Together', goals: 'Mine' })
    expect(await saving.flush()).toBe(false)
    expect(server.held.draft).toMatchObject({ title: 'Home', goals: 'Theirs' })
    const { clashes, draft, error } = saving.snapshot()
    expect(draft).toEqual({ title: 'Together', goals: 'Mine', budget: [{ key: 'a', name: 'Rent' }] })
    expect(error).toEqual({ kind: 'stale' })
    for (const clash of clashes) saving.choose(clash, 'mine')
    expect(await saving.flush()).toBe(true)
    expect(server.held.draft).toEqual(draft)
  })

  test('without a connection it is told and not tried again', async () => {
    server.trouble = { kind: 'offline' }
    saving.edit({ title: 'Together' })
    expect(await saving.flush()).toBe(false)
    await vi.advanceTimersByTimeAsync(20_000)
    expect([server.sent.length, saving.snapshot().error]).toEqual([1, { kind: 'offline' }])
  })
})

describe('words of another time', () => {
  const ROW = { key: 'a', name: 'Rent' }

  test('are told with what stood in their place', () => {
    saving.edit({ title: 'Together' })
    expect(saving.unsaved()).toEqual({ values: { title: 'Together' }, base: { title: 'Home' } })
  })

  test('go on where nobody else wrote, and are saved', async () => {
    server.save({ goals: 'Nobody alone' })
    saving = new Autosave(server.place, server.held)
    saving.resume({ title: 'Together' }, { title: 'Home' })
    await pause()
    expect(server.held.draft).toMatchObject({ title: 'Together', goals: 'Nobody alone' })
    expect(saving.snapshot().clashes).toEqual([])
  })

  test('ask where somebody else wrote in the same place meanwhile', async () => {
    server.save({ goals: 'Theirs' })
    saving = new Autosave(server.place, server.held)
    saving.resume({ goals: 'Mine' }, { goals: '' })
    await pause()
    expect(saving.snapshot()).toMatchObject({
      draft: { goals: 'Mine' },
      clashes: [{ field: 'goals', theirs: 'Theirs' }],
    })
    expect(server.held.draft.goals).toBe('Theirs')
  })

  test('find their rows again under other keys', async () => {
    server.save({ budget: [ROW, { key: 'b', name: 'Bus' }] })
    saving = new Autosave(server.place, server.held)
    const old = [{ ...ROW, key: 'x' }]
    saving.resume({ budget: [{ key: 'x', name: 'Rent of a hall' }] }, { budget: old })
    await pause()
    expect(server.held.draft.budget).toEqual([
      { key: 'a', name: 'Rent of a hall' },
      { key: 'b', name: 'Bus' },
    ])
  })
})
