import { Button, Card, Table } from 'antd'
import type { ListingRow, RoomDetail } from '#programmes/careRoom/api.ts'
import { ListingTag } from './stateTags.tsx'
import type { Opened } from './opened.ts'
import { CutNote } from '../kit/cutNote.tsx'

const days = ({ fromOn, untilOn }: ListingRow): string => {
  if (untilOn === null) return `${fromOn} 起`
  return untilOn < fromOn ? `${fromOn} 当日` : `${fromOn} 至 ${untilOn}`
}

const said = ({ poiId, mapName, reason, deltaMetres }: ListingRow): string =>
  [
    mapName && `图上名称 ${mapName}`,
    poiId && `编号 ${poiId}`,
    reason,
    deltaMetres !== null && `相差 ${deltaMetres} 米`,
  ]
    .filter(Boolean)
    .join('；')

/** How the room stands with each vendor, and how it came there. */
export function LedgerCard({ detail, onOpen }: { detail: RoomDetail; onOpen: (what: Opened) => void }) {
  const { room, ledger, may } = detail
  return (
    <Card size="small" title="上图台账">
      <ul className="room-vendors">
        {room.listings.map(({ vendor, state, fromOn, checkedOn, isDue }) => (
          <li key={vendor}>
            <b>{vendor}</b> <ListingTag state={state} />
            <small className="room-under">
              {fromOn === null ? '还没有提交' : `${fromOn} 起`}
              {checkedOn && `，${checkedOn} 核对`}
              {isDue && <span className="room-due">，该核对了</span>}
            </small>
            {may.list && (
              <span className="room-acts">
                <Button size="small" onClick={() => onOpen({ kind: 'listing', vendor })}>
                  登记{vendor}新状态
                </Button>
                {state === '已上线' && (
                  <Button size="small" onClick={() => onOpen({ kind: 'check', vendor })}>
                    核对{vendor}
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {ledger.length > 0 && (
        <Table<ListingRow>
          className="room-ledger"
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={[...ledger]}
          columns={[
            {
              title: '经过',
              render: (_, row) => (
                <>
                  {row.vendor} <ListingTag state={row.state} /> <span className="num">{days(row)}</span>
                  <small className="room-under">{[said(row), row.notedBy].filter(Boolean).join(' · ')}</small>
                </>
              ),
            },
          ]}
        />
      )}
      <CutNote list="careRoomLedger" count={ledger.length} />
    </Card>
  )
}
