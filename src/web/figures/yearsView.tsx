import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { useMemo } from 'react'
import { yearLine, type YearLine } from '#figures/earlier/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { figuresApi, tracePath } from './addresses.ts'
import { Chart } from './chart.tsx'
import type { Line } from './chapters.ts'
import { estimatedText, formatValue } from './format.ts'
import type { Scope } from './scope.ts'
import { yearsOption } from './yearsOption.ts'

type YearsViewProps = { line: Line; scope: Scope; as: '图' | '表格' }

/** A figure over the years; years before the system stand as estimates. */
export function YearsView({ line, scope, as }: YearsViewProps) {
  const query = useApi(figuresApi.years(scope, line.id), yearLine, { keep: true })
  return (
    <Loaded query={query} rows={4}>
      {(data) =>
        data.withheld ? (
          <p className="panel-none">这个数涉及个人，只按季度发布，不列各年。</p>
        ) : data.years.length === 0 ? (
          <p className="panel-none">还没有这个指标的记录，也没有录入历年数据。</p>
        ) : as === '图' ? (
          <Drawing data={data} line={line} />
        ) : (
          <Years data={data} line={line} org={scope.org} />
        )
      }
    </Loaded>
  )
}

type DataProps = { data: YearLine; line: Line }

function Drawing({ data, line }: DataProps) {
  const openYear = Number(useMe().today.slice(0, 4))
  const option = useMemo(() => yearsOption(data, line, openYear), [data, line, openYear])
  return <Chart option={option} />
}

function Years({ data, line, org }: DataProps & { org: number | undefined }) {
  const openYear = Number(useMe().today.slice(0, 4))
  const { kind, unit } = line.indicator
  return (
    <Table
      size="small"
      className="num"
      pagination={false}
      rowKey="year"
      dataSource={data.years}
      columns={[
        { title: '年份', render: (_, { year }) => `${year}年${year === openYear ? '（未完）' : ''}` },
        {
          title: `全年（${unit}）`,
          align: 'right',
          render: (_, { year, value, from, estimated }) => (
            <>
              <Link
                to={tracePath}
                params={{ indicator: line.id }}
                search={{ calendar: 'year', year: String(year), ...(org ? { org: String(org) } : {}) }}
              >
                {formatValue(value, kind)}
              </Link>
              {from === 'estimate' ? '（估报）' : value !== null && estimatedText(estimated, value, kind)}
            </>
          ),
        },
        {
          title: '下级合计（不计）',
          align: 'right',
          render: (_, { below }) => (below === null ? '' : formatValue(below, kind)),
        },
      ]}
    />
  )
}
