import '../hardship/hardship.css'
import '../event/event.css'
import './quiz.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Tag } from 'antd'
import { quizDetail, type QuizDetail } from '#quiz/api.ts'
import { quizPhaseWords, revealWords } from '#quiz/states.ts'
import { useApi } from '../api/hooks.tsx'
import { at, span } from '../event/times.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { quizApi } from './addresses.ts'
import { FlaggedCard } from './flaggedCard.tsx'
import { quizPhaseColors } from './listPage.tsx'
import { QuizBar } from './quizBar.tsx'
import { RecordCard } from './recordCard.tsx'

const route = getRouteApi(paths.quiz)

/** One quiz, to its organiser: rules, how it went, what to look at, the draw of prizes, the record. */
export function QuizPage() {
  const { id } = route.useParams()
  const query = useApi(quizApi.one(id), quizDetail, { keep: true })
  return (
    <Loaded query={query}>
      {(found) => (
        <>
          <PageHead
            title={
              <>
                {found.title} <Tag color={quizPhaseColors[found.phase]}>{quizPhaseWords[found.phase]}</Tag>
              </>
            }
            sub={`${found.org.name} · ${span(found.opensAt, found.closesAt)}`}
            extra={<QuizBar found={found} />}
          />
          {found.reason !== null && (
            <Alert className="event-note" type="warning" showIcon title={`已取消：${found.reason}`} />
          )}
          {found.phase !== 'draft' && <Counts found={found} />}
          <Facts found={found} />
          {found.flagged.length > 0 && <FlaggedCard found={found} />}
          {found.phase === 'over' && <RecordCard found={found} />}
        </>
      )}
    </Loaded>
  )
}

function Counts({ found: { counts } }: { found: QuizDetail }) {
  const tiles: [string, number][] = [
    ['有效答题（人次）', counts.valid],
    ['参加（人）', counts.persons],
    ['合格（人）', counts.passed],
    ['还没交卷', counts.started - counts.submitted],
  ]
  return (
    <dl className="event-tiles">
      {tiles.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Facts({ found: q }: { found: QuizDetail }) {
  const lines: [string, React.ReactNode][] = [
    ['面向', q.isPublic ? '全市女职工' : `${q.org.shortName}和下级单位的女职工`],
    [
      '题库',
      <Link key="bank" to={paths.quizBank} params={{ id: q.bank.id }}>
        {`${q.bank.title}（第 ${q.bank.version} 版，${q.bank.questions} 道题）`}
      </Link>,
    ],
    ['每次答题', `抽 ${q.draws} 道，${q.minutes === null ? '不限时' : `限 ${q.minutes} 分钟`}`],
    ['每天', `最多 ${q.timesADay} 次`],
    ['合格线', `答对 ${q.passMark}%`],
    ['公布答案', revealWords[q.reveals]],
    ...(q.prizes === 0 ? [] : prizeLines(q)),
  ]
  return (
    <section className="hardship-card">
      <h2>规则</h2>
      <dl className="hardship-facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {q.about !== '' && <p className="hardship-text event-about">{q.about}</p>}
    </section>
  )
}

const prizeLines = (q: QuizDetail): [string, React.ReactNode][] => [
  ['奖品', `${q.prizes} 份，${q.prizePlace}，${at(q.prizeFrom!)} 至 ${at(q.prizeUntil!)} 领取`],
  [
    '抽奖',
    q.eventId === null ? (
      '发布后公开抽奖材料'
    ) : (
      <>
        {q.draw?.drawnAt
          ? '已抽奖，'
          : q.draw?.frozenAt
            ? '名单已固定，待抽奖，'
            : q.prizeSource === ''
              ? '答题截止时自动抽奖，'
              : `截止后用“${q.prizeSource}”抽奖，`}
        <Link className="link in-text" to={paths.event} params={{ id: q.eventId }}>
          抽奖和领奖
        </Link>
        {'，'}
        <a
          className="link in-text"
          href={paths.draw.replace('$id', q.eventId)}
          target="_blank"
          rel="noreferrer"
        >
          公开材料
        </a>
      </>
    ),
  ],
]
