import './plan.css'
import { DownloadOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { plan as planSchema, type Plan } from '#figures/plan/api.ts'
import { longDay } from '#kit/day.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { OrgTrail } from '../figures/orgTrail.tsx'
import { yearsOffered } from '../figures/scope.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { planApi } from './addresses.ts'
import { AdoptModal, HeadModal } from './headForms.tsx'
import { ItemModal } from './itemModal.tsx'
import { ItemRows } from './itemRows.tsx'
import { History } from './history.tsx'
import { Suggestions } from './suggestions.tsx'
import { PlansBelow } from './plansBelow.tsx'

/** 年度计划: what a unit set itself for a year, how far each task is, and what was handed down. */
export function PlanPage() {
  const { post, today } = useMe()
  const search = useSearch({ from: paths.plan })
  const navigate = useNavigate({ from: paths.plan })
  const year = Number(search.year ?? today.slice(0, 4)) || Number(today.slice(0, 4))
  const org = Number(search.org ?? post.org.id) || post.org.id
  const query = useApi(planApi.plan(org, year), planSchema, { keep: true })
  const go = (change: { org?: string | undefined; year?: string | undefined }) =>
    void navigate({ search: { ...search, ...change } })
  const goOrg = (to: number | undefined) =>
    go({ org: to === undefined || to === post.org.id ? undefined : String(to) })
  const next = Number(today.slice(0, 4)) + 1
  return (
    <>
      <PageHead
        title={`${year}年工作计划`}
        sub={<OrgTrail org={org === post.org.id ? undefined : org} onOrg={goOrg} />}
        extra={
          <>
            <Select
              aria-label="年份"
              value={year}
              options={[next, ...yearsOffered(today)].map((value) => ({ value, label: `${value}年` }))}
              onChange={(to) => go({ year: String(to) })}
            />
            {query.data && query.data.version > 0 && (
              <Button icon={<DownloadOutlined />} href={planApi.docx(org, year)}>
                公文格式
              </Button>
            )}
          </>
        }
      />
      <Loaded query={query} rows={14}>
        {(plan) => <Body key={`${plan.org.id}-${plan.year}`} plan={plan} onOrg={goOrg} />}
      </Loaded>
    </>
  )
}

function Body({ plan, onOrg }: { plan: Plan; onOrg: (org: number | undefined) => void }) {
  const { post } = useMe()
  const [dialog, setDialog] = useState<'head' | 'item' | 'adopt' | null>(null)
  const own = plan.org.id === post.org.id && post.role === 'cadre'
  const close = () => setDialog(null)
  return (
    <>
      {plan.version === 0 ? (
        <section className="plan-card">
          <Blank
            why={
              own
                ? `还没有写${plan.year}年的计划，可以先写任务，总体要求以后再补`
                : '这个单位还没有可以查看的计划'
            }
          >
            {own && (
              <Button type="primary" onClick={() => setDialog('item')}>
                写第一项任务
              </Button>
            )}
          </Blank>
        </section>
      ) : (
        <>
          <section className="plan-card">
            <h2>
              {plan.title}
              {own && (
                <Button type="link" size="small" onClick={() => setDialog('head')}>
                  改标题和总体要求
                </Button>
              )}
            </h2>
            <div className="plan-facts">
              <AdoptedTag plan={plan} />
              {own && !plan.isAdopted && (
                <Button size="small" onClick={() => setDialog('adopt')}>
                  登记全委会通过
                </Button>
              )}
            </div>
            {plan.goal && <p className="plan-goal">{plan.goal}</p>}
          </section>
          <section className="plan-card">
            <h2>
              重点任务
              {own && (
                <Button size="small" onClick={() => setDialog('item')}>
                  加一项
                </Button>
              )}
            </h2>
            <Counts plan={plan} />
            <ItemRows plan={plan} own={own} />
          </section>
        </>
      )}
      <Suggestions plan={plan} own={own} />
      {plan.below.length > 0 && isReviewing(plan.org.tier) && <PlansBelow plan={plan} onOrg={onOrg} />}
      {plan.revisions.length > 0 && <History plan={plan} />}
      {dialog === 'head' && <HeadModal plan={plan} onClose={close} />}
      {dialog === 'adopt' && <AdoptModal plan={plan} onClose={close} />}
      {dialog === 'item' && <ItemModal plan={plan} item={null} onClose={close} />}
    </>
  )
}

function AdoptedTag({ plan }: { plan: Plan }) {
  if (!plan.isAdopted || plan.adoptedOn === null) return <Tag color="gold">草案</Tag>
  return (
    <span>
      <Tag color="green">已通过</Tag>
      {longDay(plan.adoptedOn)}
      {plan.meeting}通过{plan.docNo && `，${plan.docNo}`}
      {plan.revisions.length > 0 && `；此后调整 ${plan.revisions.length} 次`}
    </span>
  )
}

/** How many items stand where. */
function Counts({ plan }: { plan: Plan }) {
  const count = (...states: string[]) => plan.items.filter((item) => states.includes(item.state)).length
  const late = count('overdue')
  return (
    <div className="plan-counts">
      <span>
        共 <b className="num">{plan.items.length}</b> 项
      </span>
      <span>
        完成 <b className="num">{count('done', 'reached')}</b> 项
      </span>
      <span>
        推进中 <b className="num">{count('open')}</b> 项
      </span>
      {late > 0 && (
        <span>
          逾期 <b className="num">{late}</b> 项
        </span>
      )}
      <span className="plan-key">
        <span>
          <i className="key-value" />
          已完成（审核通过）
        </span>
        <span>
          <i className="key-behind" />
          慢于时间进度
        </span>
        <span>
          <i className="key-target" />
          目标
        </span>
        <span>
          <i className="key-time" />
          时间过去
        </span>
      </span>
    </div>
  )
}
