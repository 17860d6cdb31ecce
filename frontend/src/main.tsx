import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadConfig } from './api/config'
import { restore } from './api/session'
import { Providers } from './app/providers'
import { router } from './app/router'
import { activate, preferredLanguage } from './lib/language'
import './ui/base.css'

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
