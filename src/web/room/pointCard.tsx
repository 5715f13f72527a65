import { Button, Card, Tag, Typography } from 'antd'
import type { RoomDetail, RoomPoint } from '#programmes/careRoom/api.ts'
import { systemNames } from '#programmes/careRoom/point.ts'
import { Blank } from '../kit/states.tsx'
import type { Opened } from './opened.ts'
import { CutNote } from '../kit/cutNote.tsx'

const given = ({ given: { lng, lat, crs } }: RoomPoint): string => `${lng}, ${lat}（${systemNames[crs]}）`

/** Where the room stands: as it was given, and as each vendor wants it. */
export function PointCard({ detail, onOpen }: { detail: RoomDetail; onOpen: (what: Opened) => void }) {
  const { point, vendorPoints, earlierPoints, may } = detail
  const button = may.place && (
    <Button size="small" onClick={() => onOpen({ kind: 'point' })}>
      {point ? '更改坐标' : '填写坐标'}
    </Button>
  )
  return (
    <Card size="small" title="坐标" extra={point && button}>
      {point === null ? (
        <Blank why="还没有坐标；有了坐标才能交给图商">{button}</Blank>
      ) : (
        <dl className="room-facts">
          <div>
            <dt>填写的坐标</dt>
            <dd className="num">
              {given(point)} {point.isOutside && <Tag color="gold">在市外，已确认</Tag>}
              <small className="room-under">
                {point.source}
                {point.accuracy !== null && ` · 精度约 ${point.accuracy} 米`} · {point.setOn} {point.setBy}
              </small>
            </dd>
          </div>
          {vendorPoints.map(({ vendor, system, text }) => (
            <div key={vendor}>
              <dt>{vendor}</dt>
              <dd className="num">
                <Typography.Text copyable={{ text, tooltips: ['复制', '已复制'] }}>{text}</Typography.Text>
                <small className="room-under">{system}</small>
              </dd>
            </div>
          ))}
          {earlierPoints.length > 0 && (
            <div>
              <dt>以前的坐标</dt>
              <dd className="num">
                {earlierPoints.map((one, at) => (
                  <small key={at} className="room-under">
                    {given(one)} · {one.setOn} {one.setBy}
                  </small>
                ))}
                {/* The present point is one of them. */}
                <CutNote list="careRoomPoints" count={1 + earlierPoints.length} />
              </dd>
            </div>
          )}
        </dl>
      )}
    </Card>
  )
}
