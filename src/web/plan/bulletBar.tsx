import './plan.css'
import type { Bound } from '#figures/plan/api.ts'
import { boundWords } from '#figures/plan/words.ts'
import { formatValue } from '../figures/format.ts'
import { findLine } from '../figures/chapters.ts'
import { bulletOf, percentOf } from './bullet.ts'

type BulletBarProps = {
  indicator: string
  bound: Bound
  target: number
  /** Null where she may not see the figure: then the target alone is told. */
  value: number | null
  elapsed: number
}

/** A figure against its target: how far it is, where the target stands, how much of the time is over; all of it in words too. */
export function BulletBar({ indicator, bound, target, value, elapsed }: BulletBarProps) {
  const line = findLine(indicator)
  if (!line) return null
  const { kind, unit, label } = line.indicator
  const wanted = `${boundWords[bound]} ${formatValue(target, kind)} ${unit}`
  if (value === null) return <div className="bullet-words">目标：{wanted}</div>
  const at = bulletOf(value, target, elapsed)
  const percent = percentOf(value, target)
  const time = `${Math.round(elapsed * 100)}%`
  const behind = value < target * elapsed
  return (
    <div className="bullet">
      <div
        className="bullet-track"
        role="img"
        aria-label={`${label}${formatValue(value, kind)}${unit}，目标${wanted}，完成${percent}%，时间过去${time}`}
      >
        <div
          className={behind ? 'bullet-value is-behind' : 'bullet-value'}
          style={{ width: `${at.value}%` }}
        />
        <div className="bullet-time" style={{ insetInlineStart: `${at.time}%` }} />
        <div className="bullet-target" style={{ insetInlineStart: `${at.target}%` }} />
      </div>
      <div className="bullet-words num">
        <span>
          {formatValue(value, kind)}，目标{wanted}
        </span>
        <span>
          完成 {percent}% · 时间过去 {time}
        </span>
      </div>
    </div>
  )
}
