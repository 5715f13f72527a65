import './publicNotice.css'
import type { ReactNode } from 'react'
import { Logo } from '../shell/logo.tsx'

/** A page that anybody reads without signing in: the name above, the matter below. */
export function PublicFrame({
  title,
  sub,
  children,
}: {
  title: string
  sub?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="public-page">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="public-head">
        <Logo size={36} />
        <span className="public-name">巾帼</span>
        <span>女职工工作平台</span>
      </header>
      <main id="main">
        <h1>{title}</h1>
        {sub && <p className="public-sub">{sub}</p>}
        {children}
      </main>
    </div>
  )
}
