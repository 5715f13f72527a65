import { Link } from '@tanstack/react-router'
import type { Board } from '#figures/board/api.ts'
import { snapshotDetail } from '#figures/summaryApi.ts'
import { useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { Loaded } from '../kit/states.tsx'
import { snapshotPath, summaryApi } from '../summary/addresses.ts'
import { exact } from '../summary/paper.ts'

const most = 8

type SinceProps = { frozen: NonNullable<Board['frozen']>; onFigure: (indicator: string) => void }

/** 定稿后的变动: figures that differ from the newest frozen summary, those that moved most first. */
export function SinceCard({ frozen, onFigure }: SinceProps) {
  const query = useApi(summaryApi.snapshot(frozen.id), snapshotDetail)
  return (
    <section className="board-card">
      <header>
        <h2>定稿后的变动</h2>
        <Link to={snapshotPath} params={{ snapshot: frozen.id }} className="no-print">
          看定稿 {frozen.id}
        </Link>
      </header>
      <p className="board-hint">与 {formatInstant(frozen.at)} 的定稿相比；点开看是哪些补报和更正。</p>
      <Loaded query={query} rows={3}>
        {({ figures }) => {
          const moved = figures
            .filter(({ frozen: was, live }) => was !== live)
            .toSorted((a, b) => share(b) - share(a))
          if (moved.length === 0) return <p className="panel-none">{figures.length} 个数字与定稿时一致。</p>
          return (
            <div className="board-scroll">
              <table className="board-table num">
                <thead>
                  <tr>
                    <th scope="col">指标</th>
                    <th scope="col">定稿</th>
                    <th scope="col">现在</th>
                    <th scope="col">增减</th>
                  </tr>
                </thead>
                <tbody>
                  {moved.slice(0, most).map(({ indicator, label, unit, frozen: was, live }) => (
                    <tr key={`${indicator} ${label}`}>
                      <th scope="row">
                        <button type="button" className="link" onClick={() => onFigure(indicator)}>
                          {label}（{unit}）
                        </button>
                      </th>
                      <td>{exact(was)}</td>
                      <td>{exact(live)}</td>
                      <td>{signed(live - was)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {moved.length > most && (
                <p className="panel-none">另有 {moved.length - most} 个，在定稿页看。</p>
              )}
            </div>
          )
        }}
      </Loaded>
    </section>
  )
}

const signed = (change: number): string => (change > 0 ? `+${exact(change)}` : exact(change))

const share = ({ frozen, live }: { frozen: number; live: number }): number =>
  Math.abs(live - frozen) / Math.max(1, Math.abs(frozen))
