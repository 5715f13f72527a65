import { Link } from '@tanstack/react-router'
import type { ProofFigure, ProofReply } from '#figures/prose/api.ts'
import { tracePath } from '../figures/addresses.ts'
import { findLine } from '../figures/chapters.ts'
import { findingOf, groupOf } from './words.ts'

const exact = (n: number): string => n.toLocaleString('zh-CN', { maximumFractionDigits: 4 })

const whereOf = ({ period, org: other }: ProofFigure, { year, org }: ProofReply) => ({
  ...(period
    ? { calendar: period.calendar, year: String(period.year), part: String(period.part) }
    : { year: String(year) }),
  ...(other || org ? { org: String((other ?? org)!.id) } : {}),
})

type FigureCardProps = { figure: ProofFigure; at: number; proof: ProofReply; onShow: () => void }

/** One figure: as written, what it is, what the books say, its 口径, and the way to its records. */
export function FigureCard({ figure, at, proof, onShow }: FigureCardProps) {
  const line = figure.indicator === null ? null : findLine(figure.indicator)
  const { low, high, unit } = figure
  return (
    <div className={`proof-card proof-${groupOf(figure)}`}>
      <div className="proof-card-head">
        <button type="button" onClick={onShow} aria-label={`在文中找到第${at + 1}处 ${figure.written}`}>
          <small>{at + 1}</small>
          <b>{figure.written}</b>
        </button>
        <span className="proof-finding">{findingOf(figure, proof)}</span>
      </div>
      {line && (
        <>
          <div className="proof-facts">
            <span>
              {figure.org && `${figure.org.shortName}：`}
              {line.indicator.label}
            </span>
            {figure.live !== null && (
              <Link to={tracePath} params={{ indicator: line.id }} search={whereOf(figure, proof)}>
                {exact(figure.live)}
                {line.indicator.unit}
              </Link>
            )}
          </div>
          {figure.frozen !== null && (
            <div className={figure.frozen === figure.live ? 'proof-more' : 'proof-note'}>
              快照{proof.snapshot}：{exact(figure.frozen)}
              {line.indicator.unit}
              {figure.live !== null &&
                (figure.frozen === figure.live
                  ? '，现在没有变动'
                  : `，现在为${exact(figure.live)}${line.indicator.unit}`)}
            </div>
          )}
          {figure.verdict !== null && figure.verdict !== 'agree' && (
            <div className="proof-more">
              {low === high
                ? `这样写，数字应为${exact(low)}${unit}`
                : `这样写，数字应为${exact(low)}至${exact(high)}${unit}`}
            </div>
          )}
          <div className="proof-more">口径：{line.indicator.definition}</div>
        </>
      )}
      {figure.notes.map((note) => (
        <div key={note} className="proof-note">
          {note}
        </div>
      ))}
    </div>
  )
}
