import { useState } from 'react'
import { openAt, type Moment } from '#programmes/careRoom/hours.ts'
import { geoLink, mapLinks } from '#programmes/careRoom/mapLinks.ts'
import type { OpenRoom } from '#programmes/careRoom/openApi.ts'
import { metresBetween } from '#programmes/careRoom/point.ts'
import { host } from '../kit/host.dom.ts'
import { useId } from '../kit/link.tsx'
import { Blank, Head, Read, Sheet } from '../kit/parts.tsx'
import { Share } from '../kit/share.tsx'
import { distanceWords } from '../kit/times.ts'
import { paths } from '../paths.ts'
import { OpenMark } from './card.tsx'
import { ReportSheet } from './reportSheet.tsx'
import { usePlace } from './usePlace.tsx'
import { momentOf, useRooms } from './useRooms.tsx'

/** One room: what is in it, when it is open, how to get there, and a word when it is not as it says. */
export function RoomPage() {
  const id = useId()
  const query = useRooms()
  return (
    <div className="page">
      <Read query={query}>
        {(all) => {
          const room = all.rooms.find((one) => one.id === id)
          if (room) return <Room room={room} moment={momentOf(all)} />
          return (
            <>
              <Head title="关爱室" back={paths.rooms} />
              <Blank>这间关爱室现在不对外开放，或者已经撤下；请看看别的。</Blank>
            </>
          )
        }}
      </Read>
    </div>
  )
}

function Room({ room, moment }: { room: OpenRoom; moment: Moment }) {
  const [sheet, setSheet] = useState<'go' | 'report' | null>(null)
  const { place } = usePlace()
  const isOpen = openAt(room.hours, moment)
  const marks = [
    ...(room.fathersWelcome ? ['父亲可入'] : []),
    ...(room.stepFree ? ['无障碍通行'] : []),
    ...room.equipment,
  ]
  const facts: [string, React.ReactNode][] = [
    ['地址', room.address],
    ...(room.doorHint ? [['怎样找到', room.doorHint] as [string, string]] : []),
    ['开放时间', room.hours],
    ...(place && room.point
      ? [['距离', `${distanceWords(metresBetween(place, room.point))}（直线）`] as [string, string]]
      : []),
    ['设施', marks.length === 0 ? '没有登记' : marks.join('、')],
    ...(room.area ? [['面积', `${room.area} 平方米`] as [string, string]] : []),
    ...(room.phone
      ? [
          [
            '电话',
            <a key="phone" href={`tel:${room.phone}`}>
              {room.phone}
            </a>,
          ] as [string, React.ReactNode],
        ]
      : []),
    ['管理单位', room.org],
    ['最近核实', room.verifiedOn ?? '还没有核实过'],
  ]
  const closeSheet = () => setSheet(null)
  /** By the map of the host; where it has none, or the room no point, by the sheet. */
  const go = async (): Promise<void> => {
    const { point, title: name, address } = room
    const given = point === null ? null : await host.openLocation({ point, name, address })
    if (given === null || given.kind === 'unsupported') setSheet('go')
  }
  return (
    <>
      <Head title={room.title} back={paths.rooms} />
      <div>
        <OpenMark found={{ room, isOpen }} /> <span className="mark">{room.form}</span>
      </div>
      {room.reported !== null && (
        <p className="told">{`${room.reported} 有人反映找不到或打不开，管理单位正在核实${room.phone ? '；去之前请先打电话问一问' : ''}。`}</p>
      )}
      <dl className="card facts num">
        {facts.map(([label, text]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div className="acts" style={{ marginTop: 0 }}>
        <button type="button" className="button button-main" style={{ flex: 1 }} onClick={() => void go()}>
          怎么去
        </button>
        <button type="button" className="button" onClick={() => setSheet('report')}>
          反映问题
        </button>
        <Share title={room.title} text={`${room.address}，${room.hours}`} />
      </div>
      {sheet === 'go' && <GoSheet room={room} onClose={closeSheet} />}
      {sheet === 'report' && <ReportSheet room={room} onClose={closeSheet} />}
    </>
  )
}

/** Other systems have nothing that opens such an address. */
const knowsGeo = /Android/.test(navigator.userAgent)

function GoSheet({ room, onClose }: { room: OpenRoom; onClose: () => void }) {
  const [said, setSaid] = useState('')
  const full = [room.address, room.doorHint].filter(Boolean).join(' ')
  return (
    <Sheet title="怎么去" onClose={onClose}>
      <p className="soft">{full}</p>
      {room.point === null && <p className="told">这间还没有标注位置，请复制地址到地图里查找。</p>}
      <ul className="lines">
        {room.point &&
          mapLinks(room.point, room.title, room.address).map(({ app, url }) => (
            <li key={app}>
              <a className="line" href={url} target="_blank" rel="noreferrer">
                {app}
              </a>
            </li>
          ))}
        {room.point && knowsGeo && (
          <li>
            <a className="line" href={geoLink(room.point, room.title)}>
              手机上的其他地图
            </a>
          </li>
        )}
        <li>
          <button
            type="button"
            className="line"
            onClick={() =>
              void host
                .copy(full)
                .then(({ kind }) =>
                  setSaid(kind === 'ok' ? '地址已复制' : '没有复制成功，请长按上面的地址复制'),
                )
            }
          >
            复制地址
          </button>
        </li>
      </ul>
      <p role="status" className="small">
        {said}
      </p>
      <button type="button" className="button button-wide" onClick={onClose}>
        关闭
      </button>
    </Sheet>
  )
}
