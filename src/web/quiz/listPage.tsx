import '../hardship/hardship.css'
import '../event/event.css'
import './quiz.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Segmented, Tag } from 'antd'
import { bankList, quizList } from '#quiz/api.ts'
import { quizPhaseWords, type QuizPhase } from '#quiz/states.ts'
import { useApi } from '../api/hooks.tsx'
import { span } from '../event/times.ts'
import { CutNote } from '../kit/cutNote.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { quizApi, type QuizTab } from './addresses.ts'

const route = getRouteApi(paths.quizzes)

export const quizPhaseColors: Readonly<Record<QuizPhase, string>> = {
  draft: 'default',
  before: 'gold',
  running: 'green',
  over: 'blue',
  cancelled: 'red',
}

/** 在线答题: quizzes of the unit, and the banks that they draw from. */
export function QuizzesPage() {
  const { tab = 'quizzes' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHead
        title="在线答题"
        sub="题库、有奖答题、抽奖；有效答题按实名计入有奖答题，不用再填"
        extra={
          tab === 'quizzes' ? (
            <Link to={paths.quizForm}>
              <Button type="primary">新建答题</Button>
            </Link>
          ) : (
            <Link to={paths.quizBank} params={{ id: 'new' }}>
              <Button type="primary">新建题库</Button>
            </Link>
          )
        }
      />
      <section className="hardship-card">
        <div className="hardship-bar">
          <Segmented<QuizTab>
            value={tab}
            onChange={(to) => void navigate({ search: to === 'quizzes' ? {} : { tab: to } })}
            options={[
              { value: 'quizzes', label: '答题' },
              { value: 'banks', label: '题库' },
            ]}
          />
        </div>
        {tab === 'quizzes' ? <Quizzes /> : <Banks />}
      </section>
    </>
  )
}

function Quizzes() {
  const query = useApi(quizApi.all, quizList, { keep: true })
  return (
    <Loaded query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Blank why="本单位还没有办过在线答题；先建题库，再点“新建答题”" />
        ) : (
          <>
            <Sideways label="答题">
              <table className="plain-table quiz-list">
                <thead>
                  <tr>
                    <th>名称</th>
                    <th>状态</th>
                    <th>答题时间</th>
                    <th>面向</th>
                    <th>每次题数</th>
                    <th>奖品（份）</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td>
                        <Link to={paths.quiz} params={{ id: row.id }}>
                          {row.title}
                        </Link>
                      </td>
                      <td>
                        <Tag color={quizPhaseColors[row.phase]}>{quizPhaseWords[row.phase]}</Tag>
                      </td>
                      <td className="num">{span(row.opensAt, row.closesAt)}</td>
                      <td>{row.isPublic ? '全市女职工' : '本单位和下级单位'}</td>
                      <td className="num">{row.draws}</td>
                      <td className="num">{row.prizes === 0 ? '—' : row.prizes}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Sideways>
            <CutNote list="quizzes" count={rows.length} />
          </>
        )
      }
    </Loaded>
  )
}

function Banks() {
  const query = useApi(quizApi.banks, bankList, { keep: true })
  return (
    <Loaded query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Blank why="本单位还没有题库，请点“新建题库”；题目可以从 Excel 粘贴" />
        ) : (
          <>
            <table className="plain-table">
              <thead>
                <tr>
                  <th>题库</th>
                  <th>题数</th>
                  <th>版本</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td>
                      <Link to={paths.quizBank} params={{ id: row.id }}>
                        {row.title}
                      </Link>
                    </td>
                    <td className="num">{row.questions}</td>
                    <td className="num">{row.version}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <CutNote list="quizBanks" count={rows.length} />
          </>
        )
      }
    </Loaded>
  )
}
