import { Outlet } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useEffect } from 'react'
import { me } from '#identity/api.ts'
import { useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { sessionHeld } from '../api/session.dom.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { SignIn } from '../signIn/page.tsx'
import { SessionLost } from './sessionLost.tsx'
import { Shell } from './shell.tsx'

/** Signed out: the picker at whatever address was asked. Signed in: the shell with the page. */
export function Root() {
  const query = useApi(api.me, me, { staleTime: 60_000 })
  const signedIn = query.data !== undefined
  useEffect(() => {
    if (signedIn) sessionHeld()
  }, [signedIn])
  if (query.data) {
    return (
      <>
        <Shell me={query.data}>
          <Outlet />
        </Shell>
        <SessionLost me={query.data} />
      </>
    )
  }
  if (query.error && toProblem(query.error).status === 401) return <SignIn />
  return (
    <div className="splash">
      {query.error ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Spin size="large" />
      )}
    </div>
  )
}
