import { MoreOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { App, Button, Dropdown, Tag } from 'antd'
import { useState } from 'react'
import type { ItemState, Plan, PlanItem } from '#figures/plan/api.ts'
import { sectionsOf } from '#figures/plan/document.ts'
import { sumWords } from '#figures/plan/rules.ts'
import { itemStateWords } from '#figures/plan/words.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { waitingText } from '../figures/drillRows.ts'
import { formatValue } from '../figures/format.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { tracePath } from '../figures/addresses.ts'
import { paths } from '../paths.ts'
import { planApi } from './addresses.ts'
import { BulletBar } from './bulletBar.tsx'
import { ItemModal } from './itemModal.tsx'
import { ProgressModal } from './progressModal.tsx'
import { RemoveModal } from './removeModal.tsx'
import { SplitModal } from './splitModal.tsx'

const colors: Record<ItemState, string> = { open: 'blue', reached: 'green', done: 'green', overdue: 'red' }

type Dialog = { kind: 'edit' | 'split' | 'progress' | 'remove'; item: PlanItem }

/** The items of a plan by section, each with how far it is. */
export function ItemRows({ plan, own }: { plan: Plan; own: boolean }) {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)
  const current = dialog && plan.items.find((item) => item.id === dialog.item.id)
  return (
    <>
      {sectionsOf(plan.items).map(({ section, items }) => (
        <div key={section}>
          <h3 className="plan-section">{section}</h3>
          <ol className="plan-items">
            {items.map((item, at) => (
              <li key={item.id}>
                <span className="plan-no num">{at + 1}.</span>
                <Words item={item} />
                <Progress item={item} year={plan.year} />
                <Acts plan={plan} item={item} own={own} onAct={(kind) => setDialog({ kind, item })} />
              </li>
            ))}
          </ol>
        </div>
      ))}
      {dialog?.kind === 'edit' && current && <ItemModal plan={plan} item={current} onClose={close} />}
      {dialog?.kind === 'remove' && current && <RemoveModal plan={plan} item={current} onClose={close} />}
      {dialog?.kind === 'progress' && current && <ProgressModal item={current} onClose={close} />}
      {dialog?.kind === 'split' && current && <SplitModal item={current} onClose={close} />}
    </>
  )
}

function Words({ item }: { item: PlanItem }) {
  const { split, target } = item
  const kind = findLine(target?.indicator ?? '')?.indicator.kind ?? 'thing'
  const words = split && sumWords(target?.value ?? null, split.sum, split.withTarget)
  return (
    <div>
      <div className="plan-task">{item.task}</div>
      <div className="plan-aside">
        <span>{item.owner.shortName}</span>
        <span className="num">{item.dueOn} 前</span>
        {item.evidence && <span>佐证：{item.evidence}</span>}
        {item.parent && (
          <span>
            {item.parent.org.shortName}分解
            {item.parent.target !== null && `（其总目标 ${formatValue(item.parent.target, kind)}）`}
          </span>
        )}
        {split && (
          <span>
            已分到 {split.units} 个单位
            {words && `，${words}（${formatValue(split.sum, kind)}）`}
            {split.done > 0 && `，${split.done} 个已完成`}
          </span>
        )}
      </div>
    </div>
  )
}

function Progress({ item, year }: { item: PlanItem; year: number }) {
  const line = findLine(item.target?.indicator ?? '')
  return (
    <div className="plan-progress">
      <Tag color={colors[item.state]}>{itemStateWords[item.state]}</Tag>
      {item.target && line && (
        <>
          <BulletBar
            indicator={line.id}
            bound={item.target.bound}
            target={item.target.value}
            value={item.value}
            elapsed={item.elapsed}
          />
          <span className="plan-done">
            {item.value === null ? (
              line.indicator.label
            ) : (
              <Link
                to={tracePath}
                params={{ indicator: line.id }}
                search={{ org: String(item.owner.id), calendar: 'year', year: String(year) }}
              >
                {line.indicator.label}
              </Link>
            )}
            <DefinitionButton line={line} />
            {item.value !== null && item.waiting !== null && item.waiting !== 0 && (
              <span className="figure-waiting"> {waitingText(item.waiting, line.indicator.kind)}</span>
            )}
          </span>
        </>
      )}
      {item.doneOn && (
        <span className="plan-done">
          {item.doneOn} {item.doneBy} 登记{item.doneNote && `：${item.doneNote}`}
          {item.doneRecord && (
            <>
              {' '}
              <Link
                to={paths.records}
                params={{ programme: item.doneRecord.programme }}
                search={{ id: item.doneRecord.id }}
              >
                {item.doneRecord.title}
              </Link>
            </>
          )}
        </span>
      )}
    </div>
  )
}

type ActsProps = { plan: Plan; item: PlanItem; own: boolean; onAct: (kind: Dialog['kind']) => void }

function Acts({ plan, item, own, onAct }: ActsProps) {
  const { post } = useMe()
  const { message } = App.useApp()
  const undo = useAct(
    (_: null, key) =>
      call(planApi.progress(item.id), anything, {
        method: 'POST',
        key,
        body: { version: item.version, done: false, note: '', record: null },
      }),
    () => void message.success('已改回未完成'),
    (error) => void message.error(error instanceof Error ? error.message : '没有办成，请重试'),
  )
  const mine = post.role === 'cadre' && (own || item.owner.id === post.org.id)
  if (!mine) return <span />
  const splits = own && plan.below.length > 0
  const items = [
    ...(item.doneOn === null
      ? [{ key: 'progress', label: '登记完成' }]
      : [{ key: 'undo', label: '改回未完成' }]),
    ...(splits ? [{ key: 'split', label: item.split ? '调整分解' : '分解到下级' }] : []),
    ...(own
      ? [
          { key: 'edit', label: '修改' },
          { key: 'remove', label: '移出计划' },
        ]
      : []),
  ]
  return (
    <span className="plan-acts">
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          onClick: ({ key }) => (key === 'undo' ? undo.run(null) : onAct(key as Dialog['kind'])),
        }}
      >
        <Button type="text" icon={<MoreOutlined />} loading={undo.busy} aria-label={`办理：${item.task}`} />
      </Dropdown>
    </span>
  )
}
