import './base.css'
import './parts.css'
import './quiz.css'
import './match.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../web/api/hooks.tsx'
import { applyType } from './kit/type.dom.ts'
import { mobileRouter } from './router.tsx'

applyType()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={mobileRouter} />
    </QueryClientProvider>
  </StrictMode>,
)
