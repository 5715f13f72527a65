import { Go } from './kit/link.tsx'
import { useEffect } from 'react'
import { Logo } from '../web/shell/logo.tsx'
import { OpenEventCard } from './events/card.tsx'
import { useOpenEvents } from './events/useEvents.tsx'
import { Icon } from './kit/icons.tsx'
import { Read } from './kit/parts.tsx'
import { paths } from './paths.ts'
import { RoomCard } from './rooms/card.tsx'
import { nearest } from './rooms/nearest.ts'
import { usePlace } from './rooms/usePlace.tsx'
import { momentOf, useRooms } from './rooms/useRooms.tsx'
import { Opens, services } from './services/page.tsx'

/** 首页: services, the three nearest rooms, what may be signed up for. */
export function HomePage() {
  useEffect(() => {
    document.title = '巾帼 · 女职工服务'
  }, [])
  return (
    <div className="page">
      <header className="brand">
        <Logo size={40} />
        <div>
          <h1>巾帼</h1>
          <p>市总工会女职工服务</p>
        </div>
      </header>
      <nav className="tiles" aria-label="服务">
        {services.map((one) => (
          <Opens key={one.label} service={one} className="tile">
            <Icon name={one.icon} />
            {one.label}
          </Opens>
        ))}
      </nav>
      <NearRooms />
      <OpenEvents />
    </div>
  )
}

function NearRooms() {
  const query = useRooms()
  const { place, asking, why, ask } = usePlace()
  return (
    <section>
      <div className="section-head">
        <h2>身边的关爱室</h2>
        <Go to={paths.rooms}>全部</Go>
      </div>
      <Read query={query}>
        {(found) =>
          found.rooms.length === 0 ? (
            <p className="soft">还没有对外开放的关爱室</p>
          ) : (
            <div className="cards">
              {nearest(found.rooms, place, momentOf(found))
                .slice(0, 3)
                .map((one) => (
                  <RoomCard key={one.room.id} found={one} />
                ))}
            </div>
          )
        }
      </Read>
      {place === null && (
        <div className="acts">
          <button type="button" className="button button-wide" disabled={asking} onClick={ask}>
            {asking ? '正在定位…' : '按离我的距离找'}
          </button>
        </div>
      )}
      {why && (
        <p className="told" style={{ marginTop: 10 }}>
          {why}
        </p>
      )}
    </section>
  )
}

function OpenEvents() {
  const query = useOpenEvents()
  return (
    <section>
      <div className="section-head">
        <h2>活动报名</h2>
        <Go to={paths.events}>全部</Go>
      </div>
      <Read query={query}>
        {({ now, events }) =>
          events.length === 0 ? (
            <p className="soft">现在没有可以报名的活动</p>
          ) : (
            <div className="cards">
              {events.slice(0, 3).map((one) => (
                <OpenEventCard key={one.id} one={one} now={now} />
              ))}
            </div>
          )
        }
      </Read>
    </section>
  )
}
