import { bounds, boundWords } from '#kit/bounds.ts'
import { attemptDone, type MyQuiz, type QuizLine } from '#quiz/api.ts'
import { graceSeconds, revealWords } from '#quiz/states.ts'
import { call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { unregistered } from '../events/standing.ts'
import { Icon } from '../kit/icons.tsx'
import { Go, useGo, useId } from '../kit/link.tsx'
import { Facts } from '../kit/facts.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { spanWords, timeWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf } from '../mine/useSelf.tsx'
import { elsewhere, paths } from '../paths.ts'
import { askWords } from './card.tsx'
import { quizPaths, useMyQuizzes, useOpenQuizzes } from './useQuizzes.tsx'

/** One quiz: its rules to anybody, how she stands and the way in to whoever it is for. */
export function QuizPage() {
  const id = useId()
  const self = useSelf()
  if (self.kind === 'unknown') return <Blank>正在读取…</Blank>
  return (
    <div className="page">
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'in' && self.me.post.role === 'worker' && <Hers id={id} />}
      {self.kind === 'in' && self.me.post.role !== 'worker' && (
        <ForAll id={id}>
          <p className="told">您登录的是工作岗位，自己答题请换成本人账号。</p>
        </ForAll>
      )}
      {self.kind === 'halfway' && (
        <ForAll id={id}>
          <Halfway />
        </ForAll>
      )}
      {self.kind === 'guest' && (
        <ForAll id={id}>
          <p className="soft">答题按本人计分和抽奖，要知道是您本人，并且登记在工会的会员名册里。</p>
          <Go
            to={paths.signIn}
            search={{ back: `/quizzes/${id}` }}
            className="button button-main button-wide"
          >
            登录后答题
          </Go>
        </ForAll>
      )}
    </div>
  )
}

const Gone = () => (
  <>
    <Head title="答题" back={paths.quizzes} />
    <Blank>这场答题已经结束，或者只面向主办单位的女职工。</Blank>
  </>
)

function Rules({ one }: { one: QuizLine }) {
  const facts: [string, string][] = [
    ['时间', spanWords(one.opensAt, one.closesAt)],
    ['主办', one.org.name],
    ['答题', askWords(one)],
    ['合格', `答对 ${one.passMark}%`],
    ...(one.prizes > 0
      ? ([['抽奖', `合格的每人一次，奖品 ${one.prizes} 份，截止后抽奖，谁都可以复算`]] as [string, string][])
      : []),
    ['答案', `${revealWords[one.reveals]}公布`],
    ['收卷', `到时收卷，只有 ${graceSeconds} 秒宽限；没有交的按已保存的答案计分`],
  ]
  return <Facts facts={facts} />
}

function ForAll({ id, children }: { id: string; children: React.ReactNode }) {
  return (
    <Read query={useOpenQuizzes()}>
      {({ rows }) => {
        const one = rows.find((quiz) => quiz.id === id)
        if (!one) return <Gone />
        return (
          <>
            <Head title={one.title} back={paths.quizzes} />
            {one.about !== '' && <p>{one.about}</p>}
            <Rules one={one} />
            {children}
          </>
        )
      }}
    </Read>
  )
}

function Hers({ id }: { id: string }) {
  return (
    <Read query={useMyQuizzes(true)}>
      {({ rows, isRegistered }) => {
        const one = rows.find((quiz) => quiz.id === id)
        if (!one)
          return isRegistered ? <Gone /> : <ForAll id={id}>{<p className="told">{unregistered}</p>}</ForAll>
        return (
          <>
            <Head title={one.title} back={paths.quizzes} />
            {one.phase === 'cancelled' && <p className="told">{`这场答题已取消。${one.reason ?? ''}`}</p>}
            {one.about !== '' && <p>{one.about}</p>}
            <Begin one={one} />
            <Prize one={one} />
            <Attempts one={one} />
            <Rules one={one} />
          </>
        )
      }}
    </Read>
  )
}

function Begin({ one }: { one: MyQuiz }) {
  const go = useGo()
  const act = useAct(
    (_: null, key) => call(quizPaths.start(one.id), attemptDone, { method: 'POST', key }),
    ({ id }) => go({ to: paths.attempt, params: { id } }),
  )
  const open = one.attempts.find(({ submittedAt }) => submittedAt === null)
  if (one.phase === 'before') return <p className="soft num">{`${timeWords(one.opensAt)} 开始答题`}</p>
  if (one.phase !== 'running') return null
  if (!open && one.leftToday === 0) return <p className="told">今天的次数用完了，明天可以再答。</p>
  return (
    <>
      {act.error && <Fault error={act.error} again={act.again} />}
      <button
        type="button"
        className="button button-main button-wide"
        disabled={act.busy}
        onClick={() => act.run(null)}
      >
        {act.busy ? '正在准备题目…' : open ? '接着上次的答' : '开始答题'}
      </button>
      <p className="soft small num">
        {open
          ? `上次答了 ${open.answered}/${open.asked} 道，${timeWords(open.dueAt)} 收卷`
          : `今天还可以答 ${one.leftToday} 次${one.minutes === null ? '' : '；点开始就计时'}`}
      </p>
    </>
  )
}

function Prize({ one }: { one: MyQuiz }) {
  if (one.entry === null || one.eventId === null) return null
  const { state, seq, reason } = one.entry
  return (
    <section className="card">
      <p>
        {state === 'placed'
          ? `您中奖了，抽奖编号 ${seq}。`
          : state === 'asked'
            ? `您已列入抽奖名单，编号 ${seq}，抽奖后在这里看到结果。`
            : `抽奖编号 ${seq}：${reason ?? '没有中奖'}`}
      </p>
      {state === 'placed' && (
        <p>
          <Go to={paths.event} params={{ id: one.eventId }}>
            领奖时间和地点
          </Go>
        </p>
      )}
      <p>
        <a href={elsewhere.draw.replace('$id', one.eventId)}>抽奖的公开材料</a>
      </p>
    </section>
  )
}

function Attempts({ one }: { one: MyQuiz }) {
  const done = one.attempts.filter(({ submittedAt }) => submittedAt !== null)
  if (done.length === 0) return null
  return (
    <section className="card">
      <h2>我的答题</h2>
      <ul className="lines">
        {done.map((attempt) => (
          <li key={attempt.id}>
            <Go to={paths.attempt} params={{ id: attempt.id }} className="line">
              <span className="num">
                {`答对 ${attempt.score}/${attempt.asked}`}
                <small>{timeWords(attempt.startedAt)}</small>
              </span>
              <span className={attempt.isPassed ? 'mark mark-good' : 'mark'}>
                {attempt.isPassed ? '合格' : '没有合格'}
              </span>
              <Icon name="next" />
            </Go>
          </li>
        ))}
      </ul>
      {one.attempts.length >= bounds.quizAttempts.most && (
        <p className="soft small">{boundWords('quizAttempts')}</p>
      )}
    </section>
  )
}
