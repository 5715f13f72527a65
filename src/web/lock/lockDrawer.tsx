import { Drawer, Grid, Table } from 'antd'
import { keptValues, type KeptValues } from '#figures/lock/api.ts'
import { lockState, monthsName } from '#figures/lock/rules.ts'
import { useApi } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { formatDelta, formatValue } from '../figures/format.ts'
import { formatInstant } from '../format.ts'
import { Loaded } from '../kit/states.tsx'
import { lockApi } from './addresses.ts'

/** What one lock keeps, beside the live values of its months. */
export function LockDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size="min(640px, 100vw)"
      title="锁定值与现值"
      destroyOnHidden
    >
      {id !== undefined && <Kept id={id} />}
    </Drawer>
  )
}

function Kept({ id }: { id: string }) {
  const query = useApi(lockApi.one(id), keptValues)
  return (
    <Loaded query={query} rows={10}>
      {(data) => <Values data={data} />}
    </Loaded>
  )
}

type Row = KeptValues['figures'][number]

function Values({ data: { lock, figures } }: { data: KeptValues }) {
  const wide = Grid.useBreakpoint().md ?? true
  const width = wide ? 100 : 80
  const moved = figures.filter((f) => f.locked !== f.live).length
  return (
    <>
      <p>
        {lock.org.name}，{monthsName(lock.fromYm, lock.untilYm)}，{lock.lockedBy}{' '}
        <span className="num">{formatInstant(lock.lockedAt)}</span> 锁定。
        {lockState(lock) === 'reopened' && '已重新开放，锁定值照旧保存。'}
        {moved === 0 ? '现值与锁定值一致。' : `${moved} 个指标的现值与锁定值不同。`}
      </p>
      <Table
        size="small"
        className="num"
        rowKey="indicator"
        dataSource={[...figures].sort((a, b) => Number(b.locked !== b.live) - Number(a.locked !== a.live))}
        pagination={false}
        locale={{ emptyText: '这个期间锁定时没有数' }}
        columns={[
          {
            title: '指标',
            render: (_, row: Row) => {
              const line = findLine(row.indicator)
              return line ? `${line.indicator.label}（${line.indicator.unit}）` : row.indicator
            },
          },
          { title: '锁定值', align: 'right', width, render: (_, row: Row) => valueOf(row, row.locked) },
          {
            title: '现值',
            align: 'right',
            width,
            // On a phone the difference stands under the value: the name of the figure needs the room.
            render: (_, row: Row) => (
              <>
                {valueOf(row, row.live)}
                {!wide && <div className="page-sub">{deltaOf(row)}</div>}
              </>
            ),
          },
          ...(wide
            ? [
                {
                  title: '相差',
                  align: 'right' as const,
                  width: 80,
                  render: (_: unknown, row: Row) => deltaOf(row),
                },
              ]
            : []),
        ]}
      />
    </>
  )
}

const kindOf = (row: Row) => findLine(row.indicator)?.indicator.kind ?? 'event'
const valueOf = (row: Row, value: number): string => formatValue(value, kindOf(row))
const deltaOf = (row: Row): string =>
  row.live === row.locked ? '' : formatDelta(row.live, row.locked, kindOf(row))
