import { useRouter } from '@tanstack/react-router'
import { Go } from './link.tsx'
import { useEffect, useRef } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { lacksFactor, toProblem } from '../../web/api/problem.ts'
import { SecondStepFirst } from '../mine/halfway.tsx'
import { paths } from '../paths.ts'
import { Icon } from './icons.tsx'

/** Title of a page, with the way back where it is no tab. */
export function Head({ title, back }: { title: string; back?: string }) {
  const router = useRouter()
  useEffect(() => {
    document.title = `${title} · 巾帼`
  }, [title])
  return (
    <header className="head">
      {back !== undefined && (
        <Go
          to={back}
          className="back"
          aria-label="返回"
          onClick={(event) => {
            if (!router.history.canGoBack()) return
            event.preventDefault()
            router.history.back()
          }}
        >
          <Icon name="prev" />
        </Go>
      )}
      <h1>{title}</h1>
    </header>
  )
}

export const Blank = ({ children }: { children: React.ReactNode }) => <p className="blank">{children}</p>

/** Why something did not go, in the words of the server, with the way to try again; or on, where it wants a second factor. */
export function Fault({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  if (lacksFactor(error)) return <SecondStepFirst />
  const { message, reqId } = toProblem(error).body
  return (
    <div className="told" role="alert">
      <p>{message}</p>
      {reqId && <p className="small num">编号 {reqId}</p>}
      {again && (
        <button type="button" className="button" style={{ marginTop: 8 }} onClick={again}>
          重试
        </button>
      )}
    </div>
  )
}

/** What was read; while it is read, or where it cannot be, that is said. */
export function Read<T>({
  query,
  children,
}: {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  children: (data: T) => React.ReactNode
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) return <Fault error={query.error} again={() => void query.refetch()} />
  return (
    <p className="blank" role="status">
      正在读取…
    </p>
  )
}

/** A page that could not be fetched: the line is gone, or there is a newer version. */
export const Broken = () => (
  <div className="page">
    <Head title="没有打开" back={paths.home} />
    <div className="told" role="alert">
      <p>这一页没有取到，请检查网络后重试。</p>
      <button
        type="button"
        className="button"
        style={{ marginTop: 8 }}
        onClick={() => window.location.reload()}
      >
        重试
      </button>
    </div>
  </div>
)

export const Missing = () => (
  <div className="page">
    <Head title="没有这一页" back={paths.home} />
    <Blank>
      地址可能写错了，或者这一页已经撤下。
      <br />
      <Go to={paths.home}>回到首页</Go>
    </Blank>
  </div>
)

/** The focus goes round within the panel. */
function stay(event: KeyboardEvent, panel: HTMLElement): void {
  const all = [
    ...panel.querySelectorAll<HTMLElement>('a[href], button:not([disabled]), textarea, select, input'),
  ]
  const [first, last] = [all[0], all[all.length - 1]]
  const from = document.activeElement
  if (!first || !last) return
  if (event.shiftKey ? from === first || from === panel : from === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}

/** A panel from below over the page; Escape and a press beside it close it. */
export function Sheet({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: React.ReactNode
}) {
  const panel = useRef<HTMLDivElement>(null)
  const closing = useRef(onClose)
  useEffect(() => {
    closing.current = onClose
  }, [onClose])
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') closing.current()
      if (event.key === 'Tab') stay(event, panel.current!)
    }
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('keydown', press)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div
      className="sheet-back"
      role="presentation"
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="sheet" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={panel}>
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  )
}
