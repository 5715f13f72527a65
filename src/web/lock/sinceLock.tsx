import './lock.css'
import { Link } from '@tanstack/react-router'
import { Table, Tag } from 'antd'
import { useState } from 'react'
import { lockedFigures, movedRecords } from '#figures/lock/api.ts'
import { useApi } from '../api/hooks.tsx'
import type { Line } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'
import type { Scope } from '../figures/scope.ts'
import { AfterLockTag } from '../kit/afterLockTag.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { lockApi } from './addresses.ts'

type SinceLockProps = { line: Line; scope: Scope }

/** One figure since its lock: locked value, what came by 补报 and by 更正, live value, and the records that did it. */
export function SinceLockPart({ line, scope }: SinceLockProps) {
  const { data } = useApi(lockApi.figures(scope), lockedFigures, {
    enabled: scope.view === 'then',
    keep: true,
  })
  const since = data?.figures.find((f) => f.indicator === line.id)
  if (!since || scope.view !== 'then') return null
  const { kind, unit } = line.indicator
  const sums = [
    ['锁定值', since.locked],
    ['补报', since.added],
    ['更正、作废', since.corrected],
    ['现值', since.live],
  ] as const
  return (
    <section className="panel-part">
      <h3>期间锁定</h3>
      <p className="lock-sums num">
        {sums.map(([label, value]) => (
          <span key={label}>
            {label}
            <b>{formatValue(value, kind)}</b> {unit}
          </span>
        ))}
      </p>
      {since.records > 0 ? (
        <Records key={lockApi.records(scope, line.id)} line={line} scope={scope} />
      ) : (
        <p className="panel-none">锁定以来没有变动。</p>
      )}
    </section>
  )
}

function Records({ line, scope }: SinceLockProps) {
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(lockApi.records(scope, line.id, keys.at(-1)), movedRecords, { keep: true })
  const { kind, unit } = line.indicator
  return (
    <Loaded query={query} rows={2}>
      {(data) => (
        <>
          <Table
            size="small"
            className="trace-table num"
            rowKey="id"
            pagination={false}
            dataSource={data.rows}
            locale={{ emptyText: '变动的记录不在您的可见范围内' }}
            columns={[
              {
                title: '锁定以来变动的记录',
                render: (_, row) => (
                  <>
                    <Link to={paths.records} params={{ programme: row.programme }} search={{ id: row.id }}>
                      {row.title}
                    </Link>
                    <div className="trace-sub">
                      {row.org.name} · {row.endsOn}{' '}
                      {row.first ? <AfterLockTag /> : <Tag>{row.state === 'voided' ? '作废' : '更正'}</Tag>}
                    </div>
                  </>
                ),
              },
              {
                title: `变动（${unit}）`,
                align: 'right',
                width: 110,
                render: (_, row) => (row.value > 0 ? '+' : '') + formatValue(row.value, kind),
              },
            ]}
          />
          {(keys.length > 0 || data.next !== null) && (
            <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : data.next} />
          )}
        </>
      )}
    </Loaded>
  )
}
