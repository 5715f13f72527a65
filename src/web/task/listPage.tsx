import './task.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import { findProgramme } from '#programmes/index.ts'
import { taskList, type TaskBox, type TaskCard } from '#task/api.ts'
import { owing } from '#task/rules.ts'
import { useMe } from '../api/hooks.tsx'
import { formatCount } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { usePages } from '../kit/pages.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { taskApi } from './addresses.ts'
import { DueTag, TaskStateTag } from './stateTag.tsx'

const route = getRouteApi(paths.tasks)

const labels: Record<TaskBox, string> = { mine: '待我填报', sent: '我下达的', below: '下级在办' }
const blanks: Record<TaskBox, string> = {
  mine: '今天没有要您填的',
  sent: '本单位还没有下达过任务',
  below: '上级没有正在向您的下级要数',
}

/** 任务: what is asked of her unit, what her unit asked, and what those above asked of the units under hers. */
export function TasksPage() {
  const { post } = useMe()
  const navigate = route.useNavigate()
  const reviewing = isReviewing(post.org.tier)
  const boxes: TaskBox[] = !reviewing
    ? ['mine']
    : post.org.tier === 'city'
      ? ['sent']
      : ['mine', 'sent', 'below']
  const box = route.useSearch().box ?? boxes[0]!
  return (
    <>
      <PageHead
        title="任务"
        sub="上级要填的表都在这里；系统里已有的内容不用再填"
        extra={
          <>
            <Link to={paths.calendar} search={{}}>
              <Button>工作日历</Button>
            </Link>
            {reviewing && post.role === 'cadre' && (
              <Link to={paths.taskForm}>
                <Button type="primary">下达任务</Button>
              </Link>
            )}
          </>
        }
      />
      <section className="tasks">
        {boxes.length > 1 && (
          <Tabs
            activeKey={box}
            onChange={(key) => void navigate({ search: { box: key as TaskBox } })}
            items={boxes.map((key) => ({ key, label: labels[key] }))}
          />
        )}
        <Cards key={box} box={box} />
      </section>
    </>
  )
}

function Cards({ box }: { box: TaskBox }) {
  const { query, pager } = usePages(taskApi.list(box), taskList)
  return (
    <>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank why={blanks[box]} />
          ) : (
            <ul className="task-cards">
              {rows.map((card) => (
                <Card key={card.id} card={card} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {pager}
    </>
  )
}

function Card({ card }: { card: TaskCard }) {
  const asks = card.own !== null && owing.includes(card.own) && !card.isOver
  const what = card.programme === null ? '问卷' : (findProgramme(card.programme)?.label ?? card.programme)
  return (
    <li>
      <div>
        <Link to={paths.task} params={{ id: card.id }}>
          <b>{card.title}</b>
        </Link>
        <p>
          <span>{card.issuer.shortName}</span>
          <span>{what}</span>
          <span className="num">
            {card.fromOn} 至 {card.untilOn}
          </span>
          <span>表号 {card.formNo}</span>
        </p>
      </div>
      <div className="task-state">
        {card.own && <TaskStateTag state={card.own} />}
        {card.units !== null && !card.isOver && (
          <span className="num">
            {card.owing === 0
              ? `${formatCount(card.units)} 个单位都报了`
              : `${formatCount(card.units)} 个单位，还差 ${formatCount(card.owing)}`}
          </span>
        )}
        {card.isOver ? <span>已结束</span> : <DueTag left={card.left} />}
      </div>
      <Link to={paths.task} params={{ id: card.id }}>
        <Button type={asks ? 'primary' : 'default'}>{asks ? '去办理' : '查看'}</Button>
      </Link>
    </li>
  )
}
