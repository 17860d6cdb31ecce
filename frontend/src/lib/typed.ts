import { type ComponentProps, createContext, useContext, useLayoutEffect } from 'react'
import { flushSync } from 'react-dom'
import { Keeping, type Offer, type Values } from './kept'

/** What a text tells while it is typed, and what it offers then. */
export type Typing = Pick<
  ComponentProps<'textarea'>,
  'id' | 'onKeyDown' | 'onSelect' | 'onBlur' | 'aria-autocomplete' | 'aria-controls' | 'aria-activedescendant'
>

interface Seen {
  value: unknown
  change: (value: never) => void
  first: unknown
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What is typed into the fields of one form: kept on the device while it is not sent. */
export class Typed {
  private readonly fields = new Map<string, Seen>()
  private readonly touched = new Set<string>()
  private values: Values = {}
  private base: Values = {}
  private coming: Values = {}
  private keeping: Keeping | undefined

  /** The names of its fields: they tell forms of one page apart. */
  readonly names = () => [...this.fields.keys()].join()

  /** From now on it is kept; the end of that. */
  begin(who: string, place: string, offered: (offer: Offer) => void): () => void {
    const keeping = new Keeping(who, place, (offer) => (this.news(offer) ? offered(offer) : undefined))
    this.keeping = keeping
    return () => {
      this.keeping = undefined
      keeping.leave()
      this.ended = keeping
    }
  }
  private ended: Keeping | undefined

  see(name: string, value: unknown, change: (value: never) => void): void {
    const known = this.fields.get(name)
    this.fields.set(name, { value, change, first: known ? known.first : value })
    if (known === undefined && name in this.coming) queueMicrotask(() => this.bring(name))
    if (known === undefined || !this.touched.has(name) || same(known.value, value)) return
    delete this.values[name]
    delete this.base[name]
    if (!same(value, known.first)) {
      this.values[name] = value
      this.base[name] = known.first
    }
    this.keeping?.write(this.values, this.base)
  }

  lose(name: string): void {
    this.fields.delete(name)
  }

  touch(name: string): void {
    this.touched.add(name)
  }

  /** It is being sent, as it is now; what to call when that has succeeded or failed. What is typed meanwhile is kept. */
  sending(): (succeeded: boolean) => void {
    const before = [...this.touched]
    const sent = new Map([...this.fields].map(([name, field]) => [name, field.value]))
    this.touched.clear()
    return (succeeded) => {
      if (succeeded) this.settle(sent)
      else for (const name of before) this.touched.add(name)
    }
  }

  private settle(sent: Map<string, unknown>): void {
    for (const name of Object.keys(this.values)) {
      if (this.touched.has(name)) this.base[name] = sent.get(name)
      else {
        delete this.values[name]
        delete this.base[name]
      }
    }
    for (const [name, field] of this.fields) field.first = this.touched.has(name) ? sent.get(name) : field.value
    const keeping = this.keeping ?? this.ended
    keeping?.write(this.values, this.base)
  }

  /** Put the words back, field by field: one may bring forth the next. */
  take(offer: Offer): void {
    this.coming = { ...offer.values }
    for (const name of Object.keys(offer.values)) this.bring(name)
  }

  private bring(name: string): void {
    const field = this.fields.get(name)
    if (field === undefined || !(name in this.coming)) return
    const value = this.coming[name]
    delete this.coming[name]
    this.touch(name)
    // drawn at once: the next field's change is of a form that has this one
    if (!same(field.value, value)) flushSync(() => field.change(value as never))
  }

  /** Whether the form does not say all of it by itself. */
  private news(offer: Offer): boolean {
    return Object.entries(offer.values).some(([name, value]) => {
      const field = this.fields.get(name)
      return field === undefined || !same(field.value, value)
    })
  }

  /** Whether somebody has changed, meanwhile, what the words were written over. */
  readonly overtaken = (offer: Offer) =>
    Object.entries(offer.base).some(([name, was]) => {
      const field = this.fields.get(name)
      return field !== undefined && !same(field.value, was) && !same(field.value, offer.values[name])
    })
}

/** The form around a field; null where what is typed is kept as a part of something larger, or not at all. */
export const TypedInto = createContext<Typed | null>(null)

/** For every field: what a person changes by it is kept on the device. The change to call. */
export function useTyped<T>(name: string, value: T, onChange: (value: T) => void): (value: T) => void {
  const typed = useContext(TypedInto)
  // after each drawing: it is put back by the change that knows the form as it is now
  useLayoutEffect(() => typed?.see(name, value, onChange))
  useLayoutEffect(() => () => typed?.lose(name), [typed, name])
  if (typed === null) return onChange
  return (now) => {
    typed.touch(name)
    onChange(now)
  }
}
