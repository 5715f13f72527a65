import { Link } from '@tanstack/react-router'
import { Flex, Grid, Table, Tag } from 'antd'
import { useState } from 'react'
import { trace, type Trace } from '#figures/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { stateLabels, type State } from '#record/workflow.ts'
import { useApi } from '../api/hooks.tsx'
import { AfterLockTag } from '../kit/afterLockTag.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { Loaded } from '../kit/states.tsx'
import { Why } from '../kit/why.tsx'
import { paths } from '../paths.ts'
import { BatchLink } from '../record/batch.tsx'
import { figuresApi } from './addresses.ts'
import type { Line } from './chapters.ts'
import { recomputation } from './drillRows.ts'
import { formatValue } from './format.ts'
import type { Scope } from './scope.ts'

type TraceRowsProps = { line: Line; scope: Scope; snapshot?: string | undefined }

/** The records behind the figure, newest first, a page at a time; start it anew (key) when the figure changes. */
export function TraceRows({ line, scope, snapshot }: TraceRowsProps) {
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(figuresApi.trace(scope, line.id, { after: keys.at(-1), snapshot }), trace, {
    keep: true,
  })
  return (
    <Loaded query={query}>
      {(data) => {
        if (data.records === null || data.sum === null)
          return <p className="panel-none">这个数涉及个人，按您的岗位只提供季度发布表，不列背后的记录。</p>
        const next = query.isPlaceholderData ? null : data.next
        const foot = (
          <Flex justify="space-between" align="center" wrap gap={8} className="trace-foot">
            <span className="num">
              {recomputation(data.rows, data.records, data.sum, line.indicator.kind)}
            </span>
            <KeyPager keys={keys} onKeys={setKeys} next={next} />
          </Flex>
        )
        return (
          <>
            {foot}
            {data.hidden !== null && data.hidden > 0 && (
              <p className="trace-hidden">
                其中 {data.hidden} 条不在您的可见范围内，仍计入合计{' '}
                <Why query={{ org: `${data.org.id}`, indicator: data.indicator }} />
              </p>
            )}
            <Rows data={data} line={line} loading={query.isPlaceholderData} />
            {data.rows.length > 12 && foot}
          </>
        )
      }}
    </Loaded>
  )
}

type RowsProps = { data: Trace; line: Line; loading: boolean }

function Rows({ data, line, loading }: RowsProps) {
  const { kind, unit } = line.indicator
  // On a phone date and grade go under the title, so that the value stays in sight.
  const wide = Grid.useBreakpoint().sm ?? true
  return (
    <Table
      size="small"
      className="trace-table num"
      rowKey="id"
      loading={loading}
      pagination={false}
      dataSource={data.rows}
      locale={{ emptyText: '本期没有计入的记录' }}
      columns={[
        {
          title: '记录',
          render: (_, row) => (
            <>
              <Link to={paths.records} params={{ programme: row.programme }} search={{ id: row.id }}>
                {row.title}
              </Link>
              <div className="trace-sub">
                {!wide && `${row.endsOn} · ${row.grade} · `}
                {row.org.name} · {findProgramme(row.programme)?.label ?? row.programme}
                {row.batch && (
                  <>
                    {' · '}
                    <BatchLink programme={row.programme} batch={row.batch}>
                      同批导入
                    </BatchLink>
                  </>
                )}
                {row.afterLock && <AfterLockTag />}
                {row.state !== 'accepted' && <Tag>{stateLabels[row.state as State] ?? row.state}</Tag>}
              </div>
            </>
          ),
        },
        ...(wide
          ? [
              { title: '日期', dataIndex: 'endsOn', width: 104 },
              { title: '证据', dataIndex: 'grade', width: 64 },
            ]
          : []),
        {
          title: `计入（${unit}）`,
          dataIndex: 'value',
          width: wide ? 110 : 84,
          align: 'right',
          render: (value: number) => formatValue(value, kind),
        },
      ]}
    />
  )
}
