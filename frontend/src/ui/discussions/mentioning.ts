import { useRef, useState } from 'react'
import type { Schemas } from '../../api/client'

type Comment = Pick<Schemas['CommentPublic'], 'body' | 'mentions'>

const NAMED = /@\[([0-9a-f-]{36})\]/g
const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u

/** A text in which people are named by id, in pieces: what is said, and names. */
export function piecesOf({ body, mentions }: Comment): { said: string; name?: string }[] {
  const names = new Map(mentions.map(({ id, name }) => [id, name]))
  return (body ?? '').split(NAMED).map((said, place) => {
    if (place % 2 === 0) return { said }
    const name = names.get(said)
    return name === undefined ? { said: `@[${said}]` } : { said: '', name: name ?? '' }
  })
}

/** What is typed of a name right before the cursor, after its `@`; undefined where no name is begun. */
export const begunName = (text: string, cursor: number): string | undefined => BEGUN.exec(text.slice(0, cursor))?.[1]

/** The text with a name in place of what was begun, and where the cursor goes. */
export function withName(text: string, cursor: number, name: string): [string, number] {
  const begin = cursor - (begunName(text, cursor)?.length ?? 0)
  const rest = text.slice(cursor)
  const gap = /^[\s.,;:!?)]/.test(rest) ? '' : ' '
  return [text.slice(0, begin) + name + gap + rest, begin + name.length + gap.length]
}

/** The text as it is sent: the names that were chosen as ids, the longest first. */
export function withIds(text: string, named: ReadonlyMap<string, string>): string {
  const names = [...named].sort(([one], [other]) => other.length - one.length)
  return names.reduce((said, [name, id]) => said.replaceAll(`@${name}`, `@[${id}]`), text)
}

/** A comment as it is typed, with names; `named`: the ids of the names that were chosen; `body`: as it is sent. */
export function useMentions(comment?: Comment) {
  const pieces = comment ? piecesOf(comment) : []
  const [text, setText] = useState(() =>
    pieces.map(({ said, name }) => (name === undefined ? said : `@${name}`)).join(''),
  )
  const named = useRef(new Map(comment?.mentions.map(({ id, name }) => [name ?? '', id]))).current
  return { text, setText, named, body: () => withIds(text, named) }
}
