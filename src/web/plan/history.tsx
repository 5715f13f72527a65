import { Collapse } from 'antd'
import type { Plan, PlanRevision } from '#figures/plan/api.ts'
import { changesOf, type PlanChange } from '#figures/plan/difference.ts'
import { boundWords } from '#figures/plan/words.ts'
import { findLine } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'

/** 历次调整: why an adopted plan was changed, and what: each field before and after. */
export function History({ plan }: { plan: Plan }) {
  return (
    <section className="plan-card plan-history">
      <h2>历次调整</h2>
      <Collapse
        ghost
        items={plan.revisions.map((one) => ({
          key: one.no,
          label: `第 ${one.no} 次　${one.on}　${one.reason}${one.docNo ? `（${one.docNo}）` : ''}　${one.by}`,
          children: <Changes changes={changesOf(plan, one, targetWords)} />,
        }))}
      />
    </section>
  )
}

const fieldWords: Readonly<Record<PlanChange['fields'][number]['field'], string>> = {
  title: '标题',
  goal: '总体要求',
  section: '所属部分',
  task: '任务',
  owner: '责任单位',
  dueOn: '完成时限',
  evidence: '佐证材料',
  target: '目标',
}
const kindWords = { added: '新增', removed: '取消', changed: '修改' } as const

function Changes({ changes }: { changes: readonly PlanChange[] }) {
  if (changes.length === 0) return <p className="page-sub">改后又改回，内容与调整前相同。</p>
  return (
    <ul className="plan-changes">
      {changes.map(({ id, kind, task, fields }) => (
        <li key={id}>
          <b>{kindWords[kind]}</b>
          <div>
            {task || '计划的标题和总体要求'}
            {fields.map(({ field, before, after }) => (
              <div key={field} className="plan-change">
                <span>{fieldWords[field]}</span>
                <del>{before || '（未写）'}</del>
                <span aria-label="改为">→</span>
                <ins>{after || '（不写）'}</ins>
              </div>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

function targetWords(target: PlanRevision['before'][number]['target']): string {
  const line = target && findLine(target.indicator)
  if (!line) return ''
  return `${line.indicator.label}${boundWords[target.bound]}${formatValue(target.value, line.indicator.kind)}${line.indicator.unit}`
}
