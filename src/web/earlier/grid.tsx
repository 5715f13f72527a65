import { Link } from '@tanstack/react-router'
import { Fragment, type ClipboardEvent } from 'react'
import type { EarlierCell, EarlierGrid } from '#figures/earlier/api.ts'
import { tracePath } from '../figures/addresses.ts'
import { chapters, type Line } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { formatDelta, formatValue } from '../figures/format.ts'
import { cellKey, pairOf, stateWords, textOf, valueOf } from './cells.ts'

type GridProps = {
  grid: EarlierGrid
  typed: ReadonlyMap<string, string>
  faults: ReadonlyMap<string, string>
  /** Given where she may enter. */
  onType?: (indicator: string, year: number, text: string) => void
  onPaste?: (text: string, at: { indicator: string; year: number }) => void
}

/** Indicators by years: what records say stands as it is, years without them are typed in. */
export function Grid(props: GridProps) {
  const { grid } = props
  const cells = new Map<string, EarlierCell[]>()
  for (const cell of grid.cells) {
    const key = cellKey(cell.indicator, cell.year)
    cells.set(key, [...(cells.get(key) ?? []), cell])
  }
  const beside = new Map(grid.beside.map((b) => [cellKey(b.indicator, b.year), b]))
  const told = chapters
    .map((chapter) => ({ ...chapter, lines: chapter.lines.filter(({ id }) => !grid.withheld.includes(id)) }))
    .filter(({ lines }) => lines.length > 0)
  return (
    <div className="earlier-scroll" tabIndex={0} role="region" aria-label="历年数据表">
      <table className="earlier-grid">
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col">单位</th>
            {grid.years.map((year) => (
              <th key={year} scope="col" className="num">
                {year}年
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map(({ section, title, lines }) => (
            <Fragment key={section}>
              <tr className="earlier-section">
                <th colSpan={2 + grid.years.length} scope="colgroup">
                  {title}
                </th>
              </tr>
              {lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    {line.indicator.label}
                    <DefinitionButton line={line} />
                  </th>
                  <td>{line.indicator.unit}</td>
                  {grid.years.map((year) => (
                    <td key={year} className="num">
                      <Cell
                        {...props}
                        line={line}
                        year={year}
                        cells={cells.get(cellKey(line.id, year)) ?? []}
                        beside={beside.get(cellKey(line.id, year))}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellProps = GridProps & {
  line: Line
  year: number
  cells: readonly EarlierCell[]
  beside: EarlierGrid['beside'][number] | undefined
}

function Cell({ grid, typed, faults, onType, onPaste, line, year, cells, beside }: CellProps) {
  const key = cellKey(line.id, year)
  const { kind } = line.indicator
  const { moving, accepted } = pairOf(cells)
  const recorded = beside?.recorded ?? null
  const shown = moving ?? accepted
  const text = typed.get(key) ?? (shown ? textOf(shown.value, line) : '')
  const read = valueOf(text, line)
  const fault = 'fault' in read ? read.fault : faults.get(key)
  const isOpen = onType !== undefined && recorded === null && moving?.state !== 'submitted'
  const open = (
    <Link
      to={tracePath}
      params={{ indicator: line.id }}
      search={{ org: String(grid.org.id), calendar: 'year', year: String(year) }}
      className="earlier-open"
      title={accepted ? `出处：${accepted.source}` : '看这一年的记录'}
    >
      {formatValue(recorded ?? accepted?.value, kind)}
    </Link>
  )
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (!/[\t\n]/.test(pasted.trim())) return
    event.preventDefault()
    onPaste?.(pasted, { indicator: line.id, year })
  }
  return (
    <>
      {isOpen ? (
        <input
          className={`earlier-input${fault ? ' is-wrong' : ''}`}
          inputMode="decimal"
          aria-label={`${line.indicator.label}，${year}年`}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : `fault-${key}`}
          title={shown ? `出处：${shown.source || '还没有写'}` : undefined}
          value={text}
          onChange={(event) => onType(line.id, year, event.target.value)}
          onPaste={paste}
        />
      ) : recorded !== null || accepted ? (
        open
      ) : moving ? (
        formatValue(moving.value, kind)
      ) : (
        <span className="earlier-none">—</span>
      )}
      {fault && (
        <small className="earlier-fault" id={`fault-${key}`}>
          {fault}
        </small>
      )}
      <Marks {...{ recorded, moving, accepted, line, below: beside?.below ?? null }} />
      {isOpen && accepted && <small>现为 {open}</small>}
    </>
  )
}

type MarksProps = {
  recorded: number | null
  moving: EarlierCell | undefined
  accepted: EarlierCell | undefined
  below: number | null
  line: Line
}

/** What the number is, what waits beside it, and how far the units below add up to something else. */
function Marks({ recorded, moving, accepted, below, line }: MarksProps) {
  const { kind } = line.indicator
  return (
    <>
      {recorded !== null && <small>记录</small>}
      {recorded !== null && accepted && <small>估报 {formatValue(accepted.value, kind)}，不用</small>}
      {recorded === null && accepted && !moving && (
        <small className="earlier-mark">{stateWords.accepted}</small>
      )}
      {moving && (
        <small className={`earlier-mark is-${moving.state}`} title={moving.reason || undefined}>
          {stateWords[moving.state]}
          {moving.state === 'returned' && `：${moving.reason}`}
          {moving.state === 'submitted' && accepted ? ` ${formatValue(moving.value, kind)}` : ''}
        </small>
      )}
      {below !== null && recorded === null && (
        <small title="本单位自己的数优先；没有时用下级合计，两者不相加">
          下级合计 {formatValue(below, kind)}
          {accepted && accepted.value !== below && `，差 ${formatDelta(accepted.value, below, kind)}`}
        </small>
      )}
    </>
  )
}
