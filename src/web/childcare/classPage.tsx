import '../hardship/hardship.css'
import './childcare.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Tag } from 'antd'
import { classDetail, type ClassDetail } from '#childcare/api.ts'
import { noticedWords } from '#childcare/noticed.ts'
import { classStateWords, stepLabel } from '#childcare/states.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { childcareApi } from './addresses.ts'
import { ClassBar } from './classBar.tsx'
import { classColors } from './listPage.tsx'
import { PapersCard } from './papersCard.tsx'
import { ReviewCard } from './reviewCard.tsx'
import { SessionsCard } from './sessionsCard.tsx'
import { StaffCard } from './staffCard.tsx'
import { CutNote } from '../kit/cutNote.tsx'

const route = getRouteApi(paths.childcareClass)

/** One class: how far it has come, what it lacks, and what the reader has to do. */
export function ChildcareClassPage() {
  const { id } = route.useParams()
  const query = useApi(childcareApi.one(id), classDetail, { keep: true })
  return (
    <Loaded query={query}>
      {(found) => (
        <>
          <PageHead
            title={
              <>
                {found.title} <Tag color={classColors[found.state]}>{classStateWords[found.state]}</Tag>
              </>
            }
            sub={`${found.org.name} · ${found.fromOn} 至 ${found.untilOn} · ${found.hours}`}
            extra={<ClassBar found={found} />}
          />
          <Noticed found={found} />
          <Lacking found={found} />
          <Facts found={found} />
          <PapersCard found={found} />
          <StaffCard found={found} />
          {(found.publishedOn !== null || found.sessions.length > 0) && <SessionsCard found={found} />}
          {(found.finishedOn !== null || found.reviews.length > 0) && <ReviewCard found={found} />}
          <Steps found={found} />
        </>
      )}
    </Loaded>
  )
}

/** Whether everybody can read that it is to be opened, and until when objections are taken. */
function Noticed({ found: { state, notice } }: { found: ClassDetail }) {
  if (notice === null || state !== 'city') return null
  return (
    <Alert
      className="childcare-blocks"
      type={notice.state === 'blocked' ? 'warning' : 'info'}
      showIcon
      title={noticedWords(notice)}
      description={
        <a className="link" href={`${paths.publicNotices}/${notice.id}`} target="_blank" rel="noreferrer">
          看公示页
        </a>
      }
    />
  )
}

/** Why nobody sees it: for a class that is shown, a matter of today. */
function Lacking({ found }: { found: ClassDetail }) {
  if (found.blocks.length === 0) return null
  const shown = found.state === 'published'
  return (
    <Alert
      className="childcare-blocks"
      type={shown ? 'error' : 'warning'}
      showIcon
      title={shown ? '公开页面已不显示这个班，办好以下各项后自动恢复' : '办好以下各项才能公布'}
      description={
        <ul>
          {found.blocks.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      }
    />
  )
}

function Facts({ found: c }: { found: ClassDetail }) {
  const share = c.due > 0 ? (c.came * 100) / c.due : null
  const lines: [string, React.ReactNode][] = [
    ['时段', c.season],
    ['班级级别', c.level],
    ['办班地点', c.place],
    ['托位', `${c.places} 个`],
    ['在托子女', c.children === null ? '还没有登记' : `${c.children} 人`],
    ['已开班', `${c.days} 天`],
    ['出勤率', share === null ? '—' : `${Math.floor(share * 10) / 10}%`],
    ['单位投入', `${c.ownAmount.toLocaleString('zh-CN')} 元（${c.ownFund}）`],
    [
      c.subsidy.fixed ? '市总补助' : '预计市总补助',
      c.children === null && !c.subsidy.fixed
        ? '验收时按规则计算'
        : `${c.subsidy.yuan.toLocaleString('zh-CN')} 元${
            c.subsidy.lacking.length > 0 ? `（${c.subsidy.lacking.join('；')}）` : ''
          }`,
    ],
  ]
  return (
    <section className="hardship-card">
      <h2>概况</h2>
      <dl className="hardship-facts">
        {lines.map(([label, value]) => (
          <div key={label} className={label.endsWith('市总补助') ? 'hardship-wide' : ''}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hardship-aside" style={{ margin: '10px 0 0' }}>
        {`补助依据：${c.subsidy.basis}（${c.subsidy.version.replace(/^[^@]*@/, '')} 起执行）。`}
        {c.recordId !== null && (
          <>
            已自动计入
            <Link className="link in-text" to={paths.records} params={{ programme: 'childcare' }}>
              托管班记录
            </Link>
            ，不用再填报。
          </>
        )}
      </p>
    </section>
  )
}

const Steps = ({ found }: { found: ClassDetail }) => (
  <section className="hardship-card">
    <h2>办理过程</h2>
    {found.steps.length === 0 ? (
      <Blank why="还没有提交" />
    ) : (
      <Sideways label="办理过程">
        <table className="plain-table childcare-steps">
          <thead>
            <tr>
              <th>日期</th>
              <th>单位</th>
              <th>经办人</th>
              <th>办理</th>
              <th>理由</th>
            </tr>
          </thead>
          <tbody>
            {found.steps.map((step, at) => (
              <tr key={`${at} ${step.act}`}>
                <td className="num">{step.onDay}</td>
                <td>{step.org}</td>
                <td>{step.by}</td>
                <td>{stepLabel(step.act)}</td>
                <td>{step.reason || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    )}
    <CutNote list="childcareSteps" count={found.steps.length} />
  </section>
)
