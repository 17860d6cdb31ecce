import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

/** What stands after `?` in the address: a page's filters, so that a link leads to what one sees. */
export function useFilters<Name extends string>() {
  const found = useSearch({ strict: false }) as Partial<Record<Name, string>>
  const navigate = useNavigate()
  const change = (changed: Partial<Record<Name, string | undefined>>) =>
    navigate({ to: '.', search: { ...found, ...changed } as never, replace: true, resetScroll: false })
  return [found, change] as const
}

/** A part of the page's path, such as an id. */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  return params[name] ?? ''
}

/** For `Actions`: the action whose form is open when one arrives (`?action=sign`), and that it was closed. */
export function useArrived() {
  const [{ action }, change] = useFilters<'action'>()
  return { arrived: action, onClose: () => action && void change({ action: undefined }) }
}
