import { Button, Flex, Segmented } from 'antd'
import { useState } from 'react'
import { drill } from '#figures/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { figuresApi } from './addresses.ts'
import type { Line } from './chapters.ts'
import { barWidth, byValue, hasRecords, rowName, splitRows, type DrillRow } from './drillRows.ts'
import { formatValue } from './format.ts'
import type { Scope } from './scope.ts'
import { WithheldMark, WithheldNote } from './withheld.tsx'

type UnitBarsProps = { line: Line; scope: Scope; onOrg: (org: number) => void }

/** The figure by units below, in official order; sorting by value is offered, ranking isn't. */
export function UnitBars({ line, scope, onOrg }: UnitBarsProps) {
  const [all, setAll] = useState(false)
  const [sort, setSort] = useState<'official' | 'value'>('official')
  const query = useApi(figuresApi.drill(scope, [line.id]), drill, { keep: true })
  return (
    <section className="panel-part">
      <Flex justify="space-between" align="center" wrap gap={8}>
        <h3>分单位</h3>
        <Segmented
          size="small"
          aria-label="单位的次序"
          value={sort}
          onChange={setSort}
          options={[
            { value: 'official', label: '按单位次序' },
            { value: 'value', label: '按数值' },
          ]}
        />
      </Flex>
      <Loaded query={query} rows={4}>
        {(data) => {
          const { counted, viewed } = splitRows(data)
          const busy = counted.filter(hasRecords)
          const silent = counted.length + viewed.length - busy.length - viewed.filter(hasRecords).length
          const shown = all ? counted : busy
          const rows = sort === 'value' ? byValue(shown, line.id) : shown
          const longest = Math.max(...data.rows.map((row) => row.values[line.id]?.[0] ?? 0))
          return (
            <>
              <Bars rows={rows} longest={longest} line={line} onOrg={onOrg} />
              {data.rows.some((row) => row.small !== undefined) && <WithheldNote why="small" />}
              {silent > 0 && (
                <Button type="link" size="small" className="unit-rest" onClick={() => setAll(!all)}>
                  {all ? '收起没有记录的单位' : `另有 ${silent} 个单位本期没有记录，展开`}
                </Button>
              )}
              {viewed.length > 0 && (
                <>
                  <p className="viewed-note">
                    以下为会看单位：记录在本级看得到，数字计在其隶属单位，不在上面的合计内。
                  </p>
                  <Bars
                    rows={all ? viewed : viewed.filter(hasRecords)}
                    longest={longest}
                    line={line}
                    onOrg={onOrg}
                  />
                </>
              )}
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

type BarsProps = { rows: DrillRow[]; longest: number; line: Line; onOrg: (org: number) => void }

function Bars({ rows, longest, line, onOrg }: BarsProps) {
  const { kind } = line.indicator
  return (
    <ul className="unit-bars">
      {rows.map((row) => {
        const pair = row.values[line.id]
        const [value, waiting] = pair ?? [null, 0]
        return (
          <li
            key={`${row.org.id}.${row.line}`}
            className={row.line === 2 && !row.own ? 'is-viewed' : undefined}
          >
            {row.own ? (
              <span>{rowName(row)}</span>
            ) : (
              <button type="button" className="link" title={row.org.name} onClick={() => onOrg(row.org.id)}>
                {rowName(row)}
              </button>
            )}
            <span className="unit-bar" aria-hidden="true">
              <i style={{ width: `${barWidth(value ?? 0, longest)}%` }} />
            </span>
            <span className="num">
              {pair && value === null ? (
                <WithheldMark why={row.small?.includes(line.id) ? 'small' : 'unreleased'} />
              ) : (
                formatValue(value, kind)
              )}
            </span>
            <small className="figure-waiting">
              {waiting !== null && waiting !== 0 && `+${formatValue(waiting, kind)}`}
            </small>
          </li>
        )
      })}
    </ul>
  )
}
