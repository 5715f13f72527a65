import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'
import { Go } from './link.tsx'
import { Blank, Fault } from './parts.tsx'

/** What is hers alone; a guest reads in one line why she signs in, and comes back here. */
export function SignedIn({
  back,
  why,
  label,
  children,
}: {
  back: string
  why: string
  label: string
  children: (account: string) => React.ReactNode
}) {
  const self = useSelf()
  switch (self.kind) {
    case 'unknown':
      return <Blank>正在读取…</Blank>
    case 'failed':
      return <Fault error={self.error} again={self.again} />
    case 'halfway':
      return <Halfway />
    case 'guest':
      return (
        <>
          <p className="soft">{why}</p>
          <Go to={paths.signIn} search={{ back }} className="button button-main button-wide">
            {label}
          </Go>
        </>
      )
    case 'in':
      return <>{children(self.me.account.id)}</>
  }
}
