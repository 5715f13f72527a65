import type { Trace } from '#figures/api.ts'
import { grades as order } from '#kit/head.ts'
import type { IndicatorKind } from '#kit/indicator.ts'
import { formatShare, formatValue } from './format.ts'

/** Look of each evidence grade; the pattern tells them apart without colour. */
const looks: Record<string, string> = { 实名: 'grade-named', 台账: 'grade-ledger', 估报: 'grade-guess' }
const meanings: Record<string, string> = { 实名: '有名单', 台账: '有台账', 估报: '只有估计数' }

/** Best evidence first. */
const rank = (grade: string): number => (order as readonly string[]).indexOf(grade)

type GradeSharesProps = { grades: Trace['grades']; kind: IndicatorKind }

/** How well the figure is evidenced: shares of its value, in a 100 % bar and in words. */
export function GradeShares({ grades, kind }: GradeSharesProps) {
  const total = grades.reduce((sum, { value }) => sum + value, 0)
  const shown = grades.filter(({ value }) => value > 0).sort((a, b) => rank(a.grade) - rank(b.grade))
  if (total <= 0) return <p className="panel-none">本期没有计入的记录，谈不上证据等级。</p>
  return (
    <>
      <div className="grade-bar" aria-hidden="true">
        {shown.map(({ grade, value }) => (
          <span key={grade} className={looks[grade]} style={{ flexGrow: value }} />
        ))}
      </div>
      <ul className="grade-words">
        {shown.map(({ grade, value }) => (
          <li key={grade}>
            <i className={looks[grade]} aria-hidden="true" />
            {grade} {formatShare(value, total)}
            <small>
              {formatValue(value, kind)}，{meanings[grade] ?? '未注明'}
            </small>
          </li>
        ))}
      </ul>
    </>
  )
}
