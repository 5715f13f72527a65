import { Link } from '@tanstack/react-router'
import { Flex, Table } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { auditAct } from '#audit/words.ts'
import { addDays, realToday } from '#kit/day.ts'
import { changes, type Changes } from '#figures/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { figuresApi } from './addresses.ts'
import type { Line } from './chapters.ts'
import { formatValue } from './format.ts'
import type { Scope } from './scope.ts'

/** Who changed the figure between two days, newest first: from the audit, which holds no content of a record. */
export function ChangeRows({ line, scope }: { line: Line; scope: Scope }) {
  const today = realToday()
  const [days, setDays] = useState({ since: addDays(today, -29), until: today })
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(figuresApi.changes(scope, line.id, { ...days, after: keys.at(-1) }), changes, {
    keep: true,
  })
  return (
    <>
      <Flex gap={8} align="center" wrap className="trace-foot">
        <DayRange
          size="small"
          label="改动日期"
          value={[dayjs(days.since), dayjs(days.until)]}
          disabledDate={(day) => day.format('YYYY-MM-DD') > today}
          onChange={(range) => {
            if (!range?.[0] || !range[1]) return
            setKeys([])
            setDays({ since: range[0].format('YYYY-MM-DD'), until: range[1].format('YYYY-MM-DD') })
          }}
        />
        <span className="trace-sub">按实际操作时间，取自审计记录</span>
      </Flex>
      <Loaded query={query} rows={3}>
        {(data) => (
          <>
            <Rows rows={data.rows} line={line} />
            <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : data.next} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Rows({ rows, line }: { rows: Changes['rows']; line: Line }) {
  const { kind, unit } = line.indicator
  return (
    <Table
      size="small"
      className="trace-table num"
      rowKey={(row) => `${row.at} ${row.recordId}`}
      pagination={false}
      dataSource={rows}
      locale={{ emptyText: '这段时间没有人改动过这个数' }}
      columns={[
        {
          title: '改动',
          render: (_, row) => (
            <>
              {[...new Set([row.person, row.org]), auditAct(row.action)].join(' · ')}
              <div className="trace-sub">
                {formatInstant(row.at)} ·{' '}
                <Link to={paths.records} params={{ programme: row.programme }} search={{ id: row.recordId }}>
                  {row.owner}的{findProgramme(row.programme)?.label ?? row.programme}
                </Link>
              </div>
            </>
          ),
        },
        {
          title: `增减（${unit}）`,
          dataIndex: 'value',
          width: 120,
          align: 'right',
          render: (value: number) => (value > 0 ? `+${formatValue(value, kind)}` : formatValue(value, kind)),
        },
      ]}
    />
  )
}
