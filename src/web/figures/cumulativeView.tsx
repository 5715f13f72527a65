import { Link, useNavigate } from '@tanstack/react-router'
import { Table } from 'antd'
import { useCallback, useMemo } from 'react'
import type { Trend } from '#figures/api.ts'
import { targets } from '#figures/plan/api.ts'
import { monthOf } from '#kit/day.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { formatCount } from '../format.ts'
import { planApi } from '../plan/addresses.ts'
import { tracePath } from './addresses.ts'
import { Chart } from './chart.tsx'
import type { Line } from './chapters.ts'
import { cumulativeOption, sumMonths } from './cumulative.ts'
import { monthSearch, type Scope } from './scope.ts'

type CumulativeProps = { data: Trend; line: Line; scope: Scope; as: '图' | '表格' }

/** The year summed up month by month against its target, as a drawing or as a table. */
export function CumulativeView({ data, line, scope, as }: CumulativeProps) {
  const navigate = useNavigate()
  const todayYm = monthOf(useMe().today)
  const planned = useApi(planApi.targets(scope.org, scope.year), targets)
  const target = planned.data?.rows.find(({ indicator }) => indicator === line.id)
  const months = useMemo(() => sumMonths(data, line, todayYm, target), [data, line, todayYm, target])
  const option = useMemo(
    () => cumulativeOption(months, { year: data.year, line, target }),
    [months, data.year, line, target],
  )
  const onPick = useCallback(
    (at: number) =>
      void navigate({ to: tracePath, params: { indicator: line.id }, search: monthSearch(scope, at + 1) }),
    [navigate, line.id, scope],
  )
  const { unit, kind } = line.indicator
  const told = (n: number | null) => formatCount(n, kind === 'money' ? 2 : 0)
  if (as === '图')
    return (
      <>
        {target === undefined && planned.data && (
          <p className="panel-none">本单位这一年的计划没有给它定目标，只与上年累计对比。</p>
        )}
        <Chart option={option} onPick={onPick} />
      </>
    )
  return (
    <Table
      size="small"
      className="num"
      pagination={false}
      rowKey="month"
      dataSource={months}
      columns={[
        {
          title: '到月底',
          render: (_, { month, open }) => (
            <Link to={tracePath} params={{ indicator: line.id }} search={monthSearch(scope, month)}>
              {month}月{open ? '（未完）' : ''}
            </Link>
          ),
        },
        { title: `${data.year}年累计（${unit}）`, align: 'right', render: (_, { value }) => told(value) },
        ...(target === undefined
          ? []
          : [
              {
                title: '计划',
                align: 'right' as const,
                render: (_: unknown, { planned: should }: (typeof months)[number]) =>
                  formatCount(should, kind === 'money' ? 2 : 0),
              },
            ]),
        { title: `${data.year - 1}年累计`, align: 'right', render: (_, { before }) => told(before) },
      ]}
    />
  )
}
