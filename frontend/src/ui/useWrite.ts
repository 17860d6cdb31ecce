import { useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client'
import { refresh } from '../lib/refresh'
import { toast } from './Feedback'

/** The header of a change: which version it goes by. */
export const withVersion = (version: number) => ({ 'if-match': `"${version}"` })

/**
 * Writes, says so in passing, and asks anew for all that begins with one of the path segments (`applications`). That
 * also happens where the write is refused: mostly somebody changed the thing meanwhile.
 */
export function useWrite(...segments: string[]) {
  const client = useQueryClient()
  return async function write<T>(call: Promise<{ data?: T; error?: unknown }>, said?: string): Promise<T> {
    try {
      const data = await ask(call)
      if (said) toast(said)
      return data
    } finally {
      await refresh(client, segments)
    }
  }
}
