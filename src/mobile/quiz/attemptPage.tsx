import { Go, useId } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'
import { Answering } from './answering.tsx'
import { Result } from './result.tsx'
import { useAttempt } from './useQuizzes.tsx'

/** One attempt: while it is open, question by question; afterwards how it went. */
export function AttemptPage() {
  const id = useId()
  const self = useSelf()
  const query = useAttempt(id)
  if (self.kind === 'unknown') return <Blank>正在读取…</Blank>
  if (self.kind !== 'in')
    return (
      <div className="page">
        <Head title="答题" back={paths.quizzes} />
        {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
        {self.kind === 'halfway' && <Halfway />}
        {self.kind === 'guest' && (
          <Go
            to={paths.signIn}
            search={{ back: `/attempts/${id}` }}
            className="button button-main button-wide"
          >
            登录后接着答
          </Go>
        )}
      </div>
    )
  return (
    <div className="page">
      <Read query={query}>
        {(sheet) =>
          sheet.submittedAt === null ? (
            <Answering key={sheet.id} sheet={sheet} readAt={query.dataUpdatedAt} />
          ) : (
            <Result sheet={sheet} />
          )
        }
      </Read>
    </div>
  )
}
