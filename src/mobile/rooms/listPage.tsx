import { useState } from 'react'
import * as z from 'zod/mini'
import type { OpenRooms } from '#programmes/careRoom/openApi.ts'
import { useAsked, useGo } from '../kit/link.tsx'
import { Blank, Head, Read } from '../kit/parts.tsx'
import { paths } from '../paths.ts'
import { RoomCard } from './card.tsx'
import { nearest } from './nearest.ts'
import { onScatter, Scatter } from './scatter.tsx'
import { usePlace } from './usePlace.tsx'
import { momentOf, useRooms } from './useRooms.tsx'

const step = 20
const asked = z.object({ district: z.optional(z.string()), open: z.optional(z.boolean()) })

/** 关爱室: by distance, by district, open now; whole without a place of hers. */
export function RoomsPage() {
  const { district, open = false } = useAsked(asked, {})
  const query = useRooms()
  return (
    <div className="page">
      <Head title="身边的关爱室" back={paths.home} />
      <Read query={query}>{(all) => <Rooms all={all} district={district ?? null} open={open} />}</Read>
    </div>
  )
}

function Rooms({ all, district, open }: { all: OpenRooms; district: string | null; open: boolean }) {
  const { rooms } = all
  const go = useGo()
  const { place, asking, why, ask } = usePlace()
  const [shown, setShown] = useState(step)
  const choose = (next: { district?: string | undefined; open?: true | undefined }) => {
    setShown(step)
    go({ to: paths.rooms, search: next, replace: true })
  }
  const search = { ...(district ? { district } : {}), ...(open ? { open: true as const } : {}) }
  const districts = [...new Set(rooms.map((room) => room.district))].sort((a, b) =>
    a.localeCompare(b, 'zh-CN'),
  )
  const found = nearest(
    rooms.filter((room) => district === null || room.district === district),
    place,
    momentOf(all),
  ).filter(({ isOpen }) => !open || isOpen === true)
  const dots = place ? onScatter(found) : []
  return (
    <>
      <ul className="chips" aria-label="怎样查找">
        <li>
          <button
            type="button"
            className="chip"
            aria-pressed={place !== null}
            disabled={asking}
            onClick={ask}
          >
            {asking ? '正在定位…' : place ? '按距离排列' : '按距离找'}
          </button>
        </li>
        <li>
          <button
            type="button"
            className="chip"
            aria-pressed={open}
            onClick={() => choose({ ...search, open: open ? undefined : true })}
          >
            现在开放
          </button>
        </li>
        <li>
          <button
            type="button"
            className="chip"
            aria-pressed={district === null}
            onClick={() => choose({ ...search, district: undefined })}
          >
            全市
          </button>
        </li>
        {districts.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="chip"
              aria-pressed={district === name}
              onClick={() => choose({ ...search, district: name })}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      {why && <p className="told">{why}</p>}
      {place && dots.length > 0 && <Scatter place={place} dots={dots} />}
      <p className="soft small num" role="status">
        {`${district ?? '全市'}${open ? '现在开放' : '对外开放'}的共 ${found.length} 间${all.isCut ? '，只列出其中一部分，请按区县找' : ''}`}
      </p>
      {found.length === 0 ? (
        <Blank>{open ? '现在没有开放的，换个时间或者看看全部' : '这里还没有对外开放的关爱室'}</Blank>
      ) : (
        <div className="cards">
          {found.slice(0, shown).map((one) => (
            <RoomCard key={one.room.id} found={one} dot={dots.indexOf(one) + 1} />
          ))}
        </div>
      )}
      {found.length > shown && (
        <button type="button" className="button button-wide" onClick={() => setShown(shown + step)}>
          再看 {Math.min(step, found.length - shown)} 间
        </button>
      )}
    </>
  )
}
