import { useVirtualizer } from '@tanstack/react-virtual'
import {
  memo,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react'
import type { IntakeRow, IntakeSheet } from '#intake/api.ts'
import type { LineState } from '#intake/target.ts'
import { Failure } from '../kit/states.tsx'
import { CellEditor } from './cellEditor.tsx'
import { gradeOf, saidOf, widthOf, type Column } from './gridColumns.ts'
import { usePages } from './usePages.tsx'
import { stateWords } from './words.ts'

/** The cell she stands on: place among the rows shown, and column. */
export type Active = { at: number; column: string }

/** A text on its way into a cell. */
export type Typed = { line: number; column: string; text: string }

const withTyped = (row: IntakeRow | undefined, typed: Typed | null): IntakeRow | undefined =>
  row && typed?.line === row.line ? { ...row, cells: { ...row.cells, [typed.column]: typed.text } } : row

type GridProps = {
  id: string
  sheet: IntakeSheet
  only: LineState | undefined
  columns: readonly Column[]
  total: number
  active: Active
  typed: Typed | null
  editable: boolean
  busy: boolean
  onActive: (active: Active) => void
  onRow: (row: IntakeRow | undefined) => void
  onMend: (row: IntakeRow, column: string, text: string) => void
  onKey: (event: KeyboardEvent) => void
}

const rowHeight = 34
const rowWidths = 56 + 92

/** The rows of the file, those in sight drawn; a cell is mended where it stands. Arrows move, Enter types, F8 goes to the next fault. */
export function Grid(props: GridProps) {
  const { id, sheet, only, columns, total, active, typed, editable, busy } = props
  const { onActive, onRow, onMend, onKey } = props
  const box = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState(false)
  // oxlint-disable-next-line react/incompatible-library -- it is drawn anew at each scroll, and so are its rows
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight * 2,
    scrollPaddingEnd: rowHeight,
  })
  const items = virtual.getVirtualItems()
  const first = Math.min(items[0]?.index ?? 0, active.at)
  const { rowAt, isBusy, error } = usePages(
    { id, sheet: sheet.key, only },
    // Where she stands is always read, though she may have scrolled away from it.
    Math.max(0, Math.min(first, total - 1)),
    Math.max(0, Math.min(total - 1, Math.max(items.at(-1)?.index ?? 0, active.at))),
  )
  const row = rowAt(active.at)
  useEffect(() => onRow(row), [row, onRow])
  useEffect(() => virtual.scrollToIndex(active.at), [active.at, virtual])

  const place = columns.findIndex((c) => c.key === active.column)
  const left = columns.slice(0, Math.max(0, place)).reduce((sum, c) => sum + widthOf(c), 0)
  const right = rowWidths + left + (place < 0 ? 0 : widthOf(columns[place]!))
  useEffect(() => {
    const grid = box.current
    if (!grid) return
    if (left < grid.scrollLeft) grid.scrollLeft = left
    else if (right > grid.scrollLeft + grid.clientWidth)
      grid.scrollLeft = Math.min(left, right - grid.clientWidth)
  }, [left, right, active.at])

  const width = rowWidths + columns.reduce((sum, c) => sum + widthOf(c), 0)
  const mayEdit = editable && row !== undefined && row.state !== 'done'
  const leave = () => {
    setEditing(false)
    box.current?.focus()
  }
  /** One listener for all cells: a line is drawn anew for its own sake only. */
  const pick = (event: MouseEvent, isTwice: boolean): void => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-column]')
    const line = cell?.closest<HTMLElement>('[data-at]')
    if (!cell || !line) return
    const here = { at: Number(line.dataset['at']), column: cell.dataset['column']! }
    const isHere = here.at === active.at && here.column === active.column
    if (editing && isHere) return
    onActive(here)
    setEditing((isTwice || isHere) && editable)
  }
  const typing = columns.find((c) => c.key === active.column)
  const before = withTyped(row, typed)?.cells[active.column] ?? ''
  const editor = editing && mayEdit && typing && (
    <CellEditor
      text={before}
      label={typing.label}
      choices={typing.choices}
      onDone={(text) => {
        leave()
        if (text.trim() !== before) onMend(row, active.column, text.trim())
      }}
      onLeave={leave}
    />
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing) return
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (step) {
      const column = columns.findIndex((c) => c.key === active.column) + step[1]!
      onActive({
        at: Math.max(0, Math.min(total - 1, active.at + step[0]!)),
        column: columns[Math.max(0, Math.min(columns.length - 1, column))]!.key,
      })
      event.preventDefault()
    } else if ((event.key === 'Enter' || event.key === 'F2') && mayEdit) {
      setEditing(true)
      event.preventDefault()
    } else onKey(event)
  }

  if (error) return <Failure error={error} />
  return (
    <div
      ref={box}
      className={isBusy || busy ? 'intake-grid is-busy num' : 'intake-grid num'}
      role="grid"
      aria-label={`${sheet.label}的各行`}
      aria-rowcount={total + 1}
      aria-busy={busy}
      tabIndex={0}
      style={{ '--rows': total + 1 } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <div
        className="intake-canvas"
        role="presentation"
        style={{ height: virtual.getTotalSize(), width }}
        onClick={(event) => pick(event, false)}
        onDoubleClick={(event) => pick(event, true)}
      >
        <div className="intake-head" role="row">
          <span role="columnheader" className="col-line">
            行
          </span>
          <span role="columnheader" className="col-state">
            核对
          </span>
          {columns.map((column) => (
            <span role="columnheader" key={column.key} style={{ width: widthOf(column) }}>
              {column.required ? `${column.label}＊` : column.label}
            </span>
          ))}
        </div>
        {items.map(({ index, start }) => (
          <Line
            key={index}
            {...{ index, start, columns }}
            row={withTyped(rowAt(index), typed)}
            here={index === active.at ? active.column : null}
            editor={index === active.at && editor ? editor : null}
          />
        ))}
      </div>
    </div>
  )
}

type LineProps = {
  index: number
  start: number
  row: IntakeRow | undefined
  columns: readonly Column[]
  /** The column that she stands on, where it is in this line. */
  here: string | null
  editor: ReactNode
}

const Line = memo(function Line({ index, start, row, columns, here, editor }: LineProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-at={index}
      className={here !== null ? 'intake-line is-active' : 'intake-line'}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="gridcell" className="col-line">
        {row?.line ?? '…'}
      </span>
      <span role="gridcell" className="col-state">
        {row && (
          <span className={`intake-tag is-${stateWords[row.state].color}`}>
            {stateWords[row.state].label}
          </span>
        )}
      </span>
      {columns.map((column) => {
        const text = row?.cells[column.key] ?? ''
        const isHere = here === column.key
        const isEditing = isHere && editor !== null
        return (
          <span
            role="gridcell"
            key={column.key}
            data-column={column.key}
            aria-selected={isHere}
            className={
              isEditing ? 'is-editing' : `${row ? gradeOf(row, column.key) : ''}${isHere ? ' is-here' : ''}`
            }
            style={{ width: widthOf(column) }}
            title={isEditing ? undefined : (row && saidOf(row, column.key)) || text}
          >
            {isEditing ? editor : text}
          </span>
        )
      })}
    </div>
  )
})
