import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadConfig } from './api/config'
import { restore } from './api/session'
import { Providers } from './app/providers'
import { router } from './app/router'
import { keepShell } from './app/shell'
import { activate, preferredLanguage } from './lib/language'
import './ui/base.css'

// the page comes over the line beside the words it is shown with, not after them
const [matched] = router.getMatchedRoutes(router.latestLocation.pathname)
for (const route of matched) void router.loadRouteChunk(route)

// before anything is drawn: a page without an active language stays blank
await Promise.all([activate(preferredLanguage()), loadConfig().then(restore), router.load()])

const place = document.getElementById('app')
if (place)
  createRoot(place).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  )

if (document.readyState === 'complete') keepShell()
else window.addEventListener('load', keepShell)
