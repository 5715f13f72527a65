import { Collapse } from 'antd'
import type { Plan, PlanRevision } from '#figures/plan/api.ts'
import { boundWords } from '#figures/plan/words.ts'
import { findLine } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'

/** 历次调整: why an adopted plan was changed, and what it said before. */
export function History({ plan }: { plan: Plan }) {
  return (
    <section className="plan-card plan-history">
      <h2>历次调整</h2>
      <Collapse
        ghost
        items={plan.revisions.map((one) => ({
          key: one.no,
          label: `第 ${one.no} 次　${one.on}　${one.reason}${one.docNo ? `（${one.docNo}）` : ''}　${one.by}`,
          children: <Before revision={one} />,
        }))}
      />
    </section>
  )
}

function Before({ revision }: { revision: PlanRevision }) {
  return (
    <>
      <p className="page-sub">调整前的内容：</p>
      <ol>
        {revision.before.map(({ id, task, owner, dueOn, target }) => (
          <li key={id}>
            {task}（{owner}，{dueOn}
            {target && `，${targetWords(target)}`}）
          </li>
        ))}
      </ol>
    </>
  )
}

function targetWords({
  indicator,
  bound,
  value,
}: NonNullable<PlanRevision['before'][number]['target']>): string {
  const line = findLine(indicator)
  if (!line) return ''
  return `${line.indicator.label}${boundWords[bound]}${formatValue(value, line.indicator.kind)}${line.indicator.unit}`
}
