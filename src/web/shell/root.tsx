import { Outlet, useRouterState } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useEffect } from 'react'
import { me, type Me } from '#identity/api.ts'
import { useApi } from '../api/hooks.tsx'
import { lacksFactor, toProblem } from '../api/problem.ts'
import { sessionHeld } from '../api/session.dom.ts'
import { keepClock } from '../clock.ts'
import { Failure } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { ClosedNotice } from '../running/closed.tsx'
import { isShut, staysOpen } from '../running/shut.ts'
import { CheckPage } from '../certificate/checkPage.tsx'
import { OpenChildcarePage } from '../childcare/openPage.tsx'
import { PlacementPage } from '../childcare/placementPage.tsx'
import { DrawPage } from '../event/drawPage.tsx'
import { HonourRollPage, HonourStoryPage } from '../honour/rollPage.tsx'
import { PublicNoticesPage } from '../publicNotice/listPage.tsx'
import { PublicNoticePage } from '../publicNotice/noticePage.tsx'
import { FollowPage } from '../silo/followPage.tsx'
import { TellPage } from '../silo/tellPage.tsx'
import { JoinPage } from '../signIn/joinPage.tsx'
import { OidcReturn } from '../signIn/oidcReturn.tsx'
import { SignIn } from '../signIn/page.tsx'
import { UnseenNotices } from '../account/notices.tsx'
import { enterAnew } from '../signIn/enter.dom.ts'
import { Gate } from '../signIn/gate.tsx'
import { SessionLost } from './sessionLost.tsx'
import { Shell } from './shell.tsx'
import { StepUp } from './stepUp.tsx'

const drawsBelow = paths.draw.replace('$id', '')
const placementsBelow = paths.placement.replace('$id', '')

/** What stands behind /check/ in the address; null for nothing. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text) || null
  } catch {
    return text
  }
}

/** Signed out: the sign-in page at whatever address was asked. Halfway: the second factor. Signed in: the shell with the page. */
export function Root() {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  if (pathname === paths.join) return <JoinPage />
  if (pathname === paths.check || pathname.startsWith(`${paths.check}/`))
    return <CheckPage code={decoded(pathname.slice(paths.check.length + 1))} />
  if (pathname === paths.openChildcare) return <OpenChildcarePage />
  if (pathname.startsWith(drawsBelow))
    return <DrawPage id={decoded(pathname.slice(drawsBelow.length)) ?? ''} />
  if (pathname.startsWith(placementsBelow))
    return <PlacementPage id={decoded(pathname.slice(placementsBelow.length)) ?? ''} />
  if (pathname === paths.honourRoll) return <HonourRollPage />
  if (pathname.startsWith(`${paths.honourRoll}/`))
    return <HonourStoryPage id={decoded(pathname.slice(paths.honourRoll.length + 1)) ?? ''} />
  if (pathname === paths.tell) return <TellPage />
  if (pathname === paths.tellFollow) return <FollowPage />
  if (pathname === paths.publicNotices) return <PublicNoticesPage />
  if (pathname.startsWith(`${paths.publicNotices}/`))
    return <PublicNoticePage id={decoded(pathname.slice(paths.publicNotices.length + 1)) ?? ''} />
  return pathname === paths.oidcReturn ? <OidcReturn /> : <SignedIn />
}

/** The page of the address; when the platform is closed, only what is left of it. */
function Page({ me }: { me: Me }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const { change } = me.running
  return change !== null && isShut(me) && !staysOpen(pathname) ? (
    <ClosedNotice change={change} isSignedIn />
  ) : (
    <Outlet />
  )
}

function SignedIn() {
  const query = useApi(api.me, me, { staleTime: 60_000 })
  const signedIn = query.data !== undefined
  useEffect(() => {
    if (signedIn) sessionHeld()
  }, [signedIn])
  if (query.data) {
    keepClock(query.data)
    return (
      <>
        <Shell me={query.data}>
          <Page me={query.data} />
        </Shell>
        <SessionLost me={query.data} />
        <StepUp />
        {!query.data.account.isDemo && <UnseenNotices />}
      </>
    )
  }
  const code = query.error ? toProblem(query.error).body.code : null
  if (code?.startsWith('401')) return <SignIn />
  if (lacksFactor(query.error)) return <Gate onDone={enterAnew} />
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
