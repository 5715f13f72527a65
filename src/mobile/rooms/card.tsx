import { Go } from '../kit/link.tsx'
import { distanceWords } from '../kit/times.ts'
import { paths } from '../paths.ts'
import type { Found } from './nearest.ts'

export function OpenMark({ found: { isOpen, room } }: { found: Pick<Found, 'isOpen' | 'room'> }) {
  if (room.reported !== null) return <span className="mark mark-warn">待核实</span>
  if (isOpen === null) return null
  return isOpen ? <span className="mark mark-good">开放中</span> : <span className="mark">现在不开放</span>
}

/** One room in a list; `dot` is its number around her, 0 = none. */
export const RoomCard = ({ found, dot = 0 }: { found: Found; dot?: number }) => (
  <Go to={paths.room} params={{ id: found.room.id }} className="card">
    <span className="row">
      <h3>
        {dot > 0 && <span className="dot num">{dot}</span>}
        {found.room.title}
      </h3>
      <OpenMark found={found} />
    </span>
    <p className="small">{found.room.address}</p>
    <p className="soft small num">
      {[
        ...(found.metres === null ? [] : [distanceWords(found.metres)]),
        found.room.hours,
        found.room.district,
      ].join(' · ')}
    </p>
  </Go>
)
