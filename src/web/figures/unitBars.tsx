import { Button, Flex, Segmented } from 'antd'
import { useState } from 'react'
import { drill } from '#figures/api.ts'
import { targets } from '#figures/plan/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { planApi } from '../plan/addresses.ts'
import { figuresApi } from './addresses.ts'
import type { Line } from './chapters.ts'
import {
  barWidth,
  byGap,
  byName,
  byValue,
  hasRecords,
  rowName,
  splitRows,
  type DrillRow,
} from './drillRows.ts'
import { formatValue } from './format.ts'
import type { Scope } from './scope.ts'
import { WithheldMark, WithheldNote } from './withheld.tsx'

type UnitBarsProps = { line: Line; scope: Scope; onOrg: (org: number) => void }

type Sort = 'official' | 'name' | 'value' | 'gap'
type UnitTargets = ReadonlyMap<number, { target: number; elapsed: number }>

/** The figure by units below, by tier and in official order; other orders are offered, ranking isn't. A unit with a target shows it. */
export function UnitBars({ line, scope, onOrg }: UnitBarsProps) {
  const [all, setAll] = useState(false)
  const [sort, setSort] = useState<Sort>('official')
  const planned = useApi(planApi.targets(scope.org, scope.year, line.id), targets, {
    enabled: scope.calendar === 'year',
  })
  const wanted: UnitTargets = new Map(
    (scope.calendar === 'year' ? (planned.data?.units ?? []) : []).map((unit) => [unit.org, unit]),
  )
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
            { value: 'official', label: '按层级' },
            { value: 'name', label: '按名称' },
            { value: 'value', label: '按数值' },
            ...(wanted.size > 0 ? [{ value: 'gap' as const, label: '按与计划差距' }] : []),
          ]}
        />
      </Flex>
      <Loaded query={query} rows={4}>
        {(data) => {
          const { counted, viewed } = splitRows(data)
          const busy = counted.filter(hasRecords)
          const silent = counted.length + viewed.length - busy.length - viewed.filter(hasRecords).length
          const shown = all ? counted : counted.filter((row) => busy.includes(row) || wanted.has(row.org.id))
          const rows = sorted(shown, sort, line.id, wanted)
          const longest = Math.max(
            ...data.rows.map((row) => row.values[line.id]?.[0] ?? 0),
            ...[...wanted.values()].map(({ target }) => target),
          )
          return (
            <>
              <Bars rows={rows} longest={longest} line={line} wanted={wanted} onOrg={onOrg} />
              {wanted.size > 0 && <p className="trace-sub">红竖线是年度目标，虚线是按已过时间应完成的数。</p>}
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
                    wanted={none}
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

const none: UnitTargets = new Map()

function sorted(rows: DrillRow[], sort: Sort, indicator: string, wanted: UnitTargets): DrillRow[] {
  if (sort === 'value') return byValue(rows, indicator)
  if (sort === 'name') return byName(rows)
  return sort === 'gap' ? byGap(rows, indicator, wanted) : rows
}

type BarsProps = {
  rows: DrillRow[]
  longest: number
  line: Line
  wanted: UnitTargets
  onOrg: (org: number) => void
}

function Bars({ rows, longest, line, wanted, onOrg }: BarsProps) {
  const { kind } = line.indicator
  return (
    <ul className="unit-bars">
      {rows.map((row) => {
        const pair = row.values[line.id]
        const [value, waiting] = pair ?? [null, 0]
        const target = row.own ? undefined : wanted.get(row.org.id)
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
              {target && (
                <>
                  <b style={{ insetInlineStart: `${barWidth(target.target, longest)}%` }} />
                  <em style={{ insetInlineStart: `${barWidth(target.target * target.elapsed, longest)}%` }} />
                </>
              )}
            </span>
            <span className="num">
              {pair && value === null ? (
                <WithheldMark why={row.small?.includes(line.id) ? 'small' : 'unreleased'} />
              ) : (
                formatValue(value, kind)
              )}
              {target && (
                <small
                  className="unit-target"
                  aria-label={`，目标${formatValue(target.target, kind)}`}
                  title={`年度目标 ${formatValue(target.target, kind)}，时间过去 ${Math.round(target.elapsed * 100)}%`}
                >
                  /{formatValue(target.target, kind)}
                </small>
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
