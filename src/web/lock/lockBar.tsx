import './lock.css'
import { Alert, Collapse, Table } from 'antd'
import { lockedFigures, type LockedFigures, type SinceLock } from '#figures/lock/api.ts'
import { monthsName } from '#figures/lock/rules.ts'
import { useApi } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'
import { formatInstant } from '../format.ts'
import type { Scope } from '../figures/scope.ts'
import { lockApi } from './addresses.ts'

type LockBarProps = { scope: Scope; onOpen: (indicator: string) => void }

/** Over the figures of a locked period: who locked it, and which live values are no longer the published ones. */
export function LockBar({ scope, onOpen }: LockBarProps) {
  const { data } = useApi(lockApi.figures(scope), lockedFigures, {
    enabled: scope.view === 'then',
    keep: true,
  })
  if (!data || scope.view !== 'then') return null
  if (data.partly !== null)
    return (
      <Alert className="lock-bar" type="info" showIcon title={`这个期间只锁定了一部分：${data.partly}`} />
    )
  if (data.locks.length === 0) return null
  const moved = data.figures.filter((f) => f.records > 0 || f.locked !== f.live)
  return (
    <Alert
      className="lock-bar"
      type="info"
      showIcon
      title={titleOf(data, moved.length)}
      description={
        moved.length > 0 && (
          <Collapse
            ghost
            size="small"
            items={[
              {
                key: 'moved',
                label: '锁定值与现值',
                children: <Moved figures={moved} onOpen={onOpen} />,
              },
            ]}
          />
        )
      }
    />
  )
}

function titleOf({ locks }: LockedFigures, moved: number): string {
  const by = locks
    .map((l) => `${monthsName(l.fromYm, l.untilYm)}已由${l.org.name}于 ${formatInstant(l.lockedAt)} 锁定`)
    .join('；')
  return `${by}。${moved === 0 ? '下面的数与锁定值一致。' : `锁定以来有 ${moved} 个指标变动，下面是现值。`}`
}

const value = (one: SinceLock, n: number): string =>
  formatValue(n, findLine(one.indicator)?.indicator.kind ?? 'event')

function Moved({ figures, onOpen }: { figures: readonly SinceLock[]; onOpen: (indicator: string) => void }) {
  return (
    <Table
      size="small"
      className="num"
      rowKey="indicator"
      dataSource={[...figures]}
      pagination={false}
      scroll={{ x: 480 }}
      columns={[
        {
          title: '指标',
          render: (_, one) => (
            <button type="button" className="figure-open" onClick={() => onOpen(one.indicator)}>
              {findLine(one.indicator)?.indicator.label ?? one.indicator}
            </button>
          ),
        },
        { title: '锁定值', align: 'right', width: 92, render: (_, one) => value(one, one.locked) },
        { title: '补报', align: 'right', width: 80, render: (_, one) => value(one, one.added) },
        { title: '更正、作废', align: 'right', width: 96, render: (_, one) => value(one, one.corrected) },
        { title: '现值', align: 'right', width: 92, render: (_, one) => value(one, one.live) },
      ]}
    />
  )
}
