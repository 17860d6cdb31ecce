import type { Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { dayOf } from '../../../lib/today'

export type Task = Schemas['TaskPublic']

/** Whose a task is, for the filter: a network or an organisation by its id. */
export const concerns = (task: Whose, id: string) => task.network_id === id || task.organisation_id === id

export type Whose = Pick<Task, 'network_id' | 'network_names' | 'organisation_id' | 'organisation_names'>

/** The networks and organisations of some things, to choose from. */
export function placesOf(things: Whose[]): { value: string; label: string }[] {
  const found = new Map<string, string>()
  for (const one of things) {
    if (one.network_id) found.set(one.network_id, textOf(one.network_names))
    if (one.organisation_id) found.set(one.organisation_id, textOf(one.organisation_names))
  }
  return [...found].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
}

export type Group = 'overdue' | 'week' | 'later' | 'undated'
export const GROUPS: Group[] = ['overdue', 'week', 'later', 'undated']

const WEEK_MS = 7 * 86_400_000

/** The tasks by when they are due; those of one group stay in their order. */
export function grouped(tasks: Task[], now: Date): Record<Group, Task[]> {
  const today = dayOf(now)
  const soon = dayOf(new Date(now.getTime() + WEEK_MS))
  const found: Record<Group, Task[]> = { overdue: [], week: [], later: [], undated: [] }
  for (const task of tasks) {
    const due = task.due_on
    if (!due) found.undated.push(task)
    else if (due < today) found.overdue.push(task)
    else found[due <= soon ? 'week' : 'later'].push(task)
  }
  return found
}
