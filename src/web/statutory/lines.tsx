import { ExclamationCircleFilled } from '@ant-design/icons'
import { InputNumber } from 'antd'
import { Fragment } from 'react'
import type { Cell, StatutoryTable } from '#figures/statutory/api.ts'
import type { Finding } from '#figures/statutory/checks.ts'
import { layoutOf, registerDay, type Line } from '#figures/statutory/layouts.ts'
import { findLine } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { formatValue } from '../figures/format.ts'
import { WithheldMark } from '../figures/withheld.tsx'

type LinesProps = {
  table: StatutoryTable
  flagged: ReadonlyMap<string, Finding['level']>
  findings: readonly Finding[]
  onFigure: (indicator: string) => void
  /** Given while the table may be filled in. */
  onType?: (code: string, value: number | null) => void
}

/** The lines of the form: number, name, unit, this period, the year before. */
export function Lines({ table, flagged, findings, onFigure, onType }: LinesProps) {
  const cells = new Map(table.cells.map((c) => [c.code, c]))
  const isPart = (id: string) => findings.some((finding) => finding.id === id)
  return (
    <div className="statutory-scroll">
      <table className="statutory-lines">
        <thead>
          <tr>
            <th scope="col">行号</th>
            <th scope="col">指标</th>
            <th scope="col">单位</th>
            <th scope="col" className="num">
              本期{isPart('begins.now') && <small>不是全期</small>}
            </th>
            <th scope="col" className="num">
              上年同期{isPart('begins.before') && <small>不是全期</small>}
            </th>
          </tr>
        </thead>
        <tbody>
          {layoutOf(table.layout).sections.map(({ title, lines }) => (
            <Fragment key={title}>
              <tr className="statutory-section">
                <th colSpan={5} scope="colgroup">
                  {title}
                </th>
              </tr>
              {lines.map((line) => (
                <tr
                  key={line.code}
                  className={flagged.has(line.code) ? `is-${flagged.get(line.code)}` : undefined}
                >
                  <td>{line.code}</td>
                  <td className={line.inner ? 'is-inner' : undefined}>
                    <Name line={line} table={table} isFlagged={flagged.has(line.code)} />
                  </td>
                  <td>{line.unit}</td>
                  <td className="num">
                    <Value line={line} cell={cells.get(line.code)!} onFigure={onFigure} onType={onType} />
                  </td>
                  <td className="num">{formatValue(cells.get(line.code)!.before, 'thing')}</td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type NameProps = { line: Line; table: StatutoryTable; isFlagged: boolean }

function Name({ line, table, isFlagged }: NameProps) {
  const declared = 'indicator' in line.from ? findLine(line.from.indicator) : null
  return (
    <>
      {line.inner && <span className="statutory-inner">其中：</span>}
      {line.label}
      <span className="statutory-unit">（{line.unit}）</span>
      {declared && <DefinitionButton line={declared} />}
      {'register' in line.from && (
        <small>{registerDay(line.from.register, table.registerOn, table.areHeadsOfDay)}</small>
      )}
      {'asked' in line.from && <small>{line.from.asked}</small>}
      {isFlagged && <ExclamationCircleFilled className="statutory-flag" aria-label="见下方逻辑审核" />}
    </>
  )
}

type ValueProps = {
  line: Line
  cell: Cell
  onFigure: LinesProps['onFigure']
  onType: LinesProps['onType']
}

function Value({ line, cell, onFigure, onType }: ValueProps) {
  if (cell.withheld) return <WithheldMark why={cell.withheld} />
  if ('asked' in line.from && onType)
    return (
      <InputNumber
        aria-label={line.label}
        value={cell.value}
        min={0}
        max={9_999_999}
        precision={0}
        controls={false}
        placeholder="请填写"
        onChange={(value) => onType(line.code, value)}
      />
    )
  const shown = formatValue(cell.value, 'thing')
  if (!('indicator' in line.from)) return shown
  const { indicator } = line.from
  return (
    <>
      <button type="button" className="figure-open" onClick={() => onFigure(indicator)}>
        {shown}
      </button>
      {cell.live !== undefined && <small className="is-late">现为 {formatValue(cell.live, 'thing')}</small>}
    </>
  )
}
