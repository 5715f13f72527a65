import { bounds, boundWords } from '#kit/bounds.ts'
import { Kinds } from '../events/kinds.tsx'
import { unregistered } from '../events/standing.ts'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'
import { bestOf, QuizCard } from './card.tsx'
import { useMyQuizzes, useOpenQuizzes } from './useQuizzes.tsx'

/** 答题: to a guest what the whole city may answer; to a woman signed in her unit's own as well, with how she did. */
export function QuizzesPage() {
  const self = useSelf()
  const isHers = self.kind === 'in' && self.me.post.role === 'worker'
  return (
    <div className="page">
      <Head title="活动" />
      <Kinds here={paths.quizzes} />
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {isHers ? <Hers /> : self.kind !== 'unknown' && self.kind !== 'failed' && <ForAll />}
    </div>
  )
}

function ForAll() {
  return (
    <Read query={useOpenQuizzes()}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Blank>现在没有面向全市的答题；本单位组织的，在册会员登录以后可以看到</Blank>
        ) : (
          <div className="cards">
            {rows.map((one) => (
              <QuizCard key={one.id} one={one} />
            ))}
          </div>
        )
      }
    </Read>
  )
}

function Hers() {
  return (
    <Read query={useMyQuizzes(true)}>
      {({ isRegistered, rows }) =>
        !isRegistered ? (
          <>
            <p className="told">{unregistered}</p>
            <ForAll />
          </>
        ) : rows.length === 0 ? (
          <Blank>现在没有可以参加的答题，过几天再来看看</Blank>
        ) : (
          <div className="cards">
            {rows.map((one) => {
              const best = bestOf(one)
              return (
                <QuizCard
                  key={one.id}
                  one={one}
                  mark={
                    one.attempts.some(({ submittedAt }) => submittedAt === null)
                      ? '没有交卷'
                      : best === null
                        ? undefined
                        : `最好 ${best}/${one.draws}`
                  }
                />
              )
            })}
            {rows.length >= bounds.quizzes.most && <p className="soft small">{boundWords('quizzes')}</p>}
          </div>
        )
      }
    </Read>
  )
}
