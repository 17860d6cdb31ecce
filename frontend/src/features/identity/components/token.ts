import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** The token of a mailed link. It stands after `#`, so no server sees it, and is taken out of the address at once. */
export function useMailedToken(): string | null {
  const hash = useRouterState({ select: (state) => state.location.hash })
  const navigate = useNavigate()
  const [token, setToken] = useState(() => new URLSearchParams(hash).get('token'))
  useEffect(() => {
    const given = new URLSearchParams(hash).get('token')
    if (given === null) return
    setToken(given)
    void navigate({ to: '.', hash: '', replace: true })
  }, [hash, navigate])
  return token
}
