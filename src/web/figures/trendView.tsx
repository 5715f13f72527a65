import { Link, useNavigate } from '@tanstack/react-router'
import { Flex, Segmented, Table } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { estimates, trend } from '#figures/api.ts'
import { monthOf } from '#kit/day.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { figuresApi, tracePath } from './addresses.ts'
import { Chart } from './chart.tsx'
import type { Line } from './chapters.ts'
import { formatValue } from './format.ts'
import { CumulativeView } from './cumulativeView.tsx'
import { monthSearch, type Scope } from './scope.ts'
import { YearsView } from './yearsView.tsx'
import { trendMonths, trendOption } from './trendOption.ts'

type TrendViewProps = { line: Line; scope: Scope }

/** The year by month beside the year before, as a drawing or as a table. */
export function TrendView({ line, scope }: TrendViewProps) {
  const [as, setAs] = useState<'图' | '表格'>('图')
  const [by, setBy] = useState<'月' | '累计' | '年'>('月')
  const query = useApi(figuresApi.trend(scope, line.id), trend, { keep: true })
  const year = useApi(figuresApi.estimates({ ...scope, calendar: 'year', part: 1 }), estimates)
  const estimated = year.data?.rows.find(({ indicator }) => indicator === line.id)
  const stock = line.indicator.nature === 'stock'
  return (
    <section className="panel-part">
      <Flex justify="space-between" align="center" wrap gap={8}>
        <h3>
          {by === '年'
            ? stock
              ? '各年末存量'
              : '历年走势'
            : by === '累计'
              ? '累计与计划'
              : stock
                ? '各月末存量'
                : '各月走势'}
          （{line.indicator.unit}）
        </h3>
        <Flex gap={8} wrap>
          <Segmented
            size="small"
            aria-label="走势按月、累计或按年"
            value={by}
            onChange={setBy}
            options={[
              { value: '月', label: '按月' },
              ...(stock ? [] : [{ value: '累计' as const, label: '累计' }]),
              { value: '年', label: '按年' },
            ]}
          />
          <Segmented
            size="small"
            aria-label="走势看图或看表格"
            value={as}
            onChange={setAs}
            options={[
              { value: '图', label: '看图' },
              { value: '表格', label: '看表格' },
            ]}
          />
        </Flex>
      </Flex>
      {by !== '年' && (estimated?.before ?? 0) !== 0 && (
        <p className="panel-none">
          {scope.year - 1}年的数含估报 {formatValue(estimated?.before, line.indicator.kind)}{' '}
          {line.indicator.unit}
          ，不是逐条记录得出。
        </p>
      )}
      {by === '年' ? (
        <YearsView line={line} scope={scope} as={as} />
      ) : (
        <Loaded query={query} rows={4}>
          {(data) =>
            data.withheld ? (
              <p className="panel-none">这个数涉及个人，只按季度发布，不列各月。</p>
            ) : by === '累计' ? (
              <CumulativeView data={data} line={line} scope={scope} as={as} />
            ) : as === '图' ? (
              <Drawing data={data} line={line} scope={scope} />
            ) : (
              <Months data={data} line={line} scope={scope} />
            )
          }
        </Loaded>
      )}
    </section>
  )
}

type DataProps = { data: Parameters<typeof trendMonths>[0]; line: Line; scope: Scope }

function Drawing({ data, line, scope }: DataProps) {
  const navigate = useNavigate()
  const onPick = useCallback(
    (at: number) =>
      void navigate({ to: tracePath, params: { indicator: line.id }, search: monthSearch(scope, at + 1) }),
    [navigate, line.id, scope],
  )
  const todayYm = monthOf(useMe().today)
  const option = useMemo(
    () => trendOption(trendMonths(data, line, todayYm), data, line),
    [data, line, todayYm],
  )
  return <Chart option={option} onPick={onPick} />
}

function Months({ data, line, scope }: DataProps) {
  const todayYm = monthOf(useMe().today)
  const { kind, unit } = line.indicator
  return (
    <Table
      size="small"
      className="num"
      pagination={false}
      rowKey="i"
      dataSource={data.value.map((value, i) => ({
        i,
        value,
        before: data.before[i] ?? 0,
        waiting: data.waiting[i] ?? 0,
      }))}
      columns={[
        {
          title: '月份',
          render: (_, { i }) => (
            <Link to={tracePath} params={{ indicator: line.id }} search={monthSearch(scope, i + 1)}>
              {i + 1}月{data.year * 100 + i + 1 === todayYm ? '（未完）' : ''}
            </Link>
          ),
        },
        {
          title: `${data.year}年（${unit}）`,
          align: 'right',
          render: (_, { i, value }) => formatValue(data.year * 100 + i + 1 > todayYm ? null : value, kind),
        },
        { title: '待审核（未计入）', align: 'right', render: (_, { waiting }) => formatValue(waiting, kind) },
        { title: `${data.year - 1}年`, align: 'right', render: (_, { before }) => formatValue(before, kind) },
      ]}
    />
  )
}
