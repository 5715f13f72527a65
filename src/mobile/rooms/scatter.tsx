import { metresBetween, type Point } from '#programmes/careRoom/point.ts'
import type { Found } from './nearest.ts'

const size = 320
const middle = size / 2
const reach = middle - 28

/** Steps of the ring that a reader can hold in mind, in metres. */
const rings = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]
const ringWords = (metres: number): string => (metres < 1000 ? `${metres} 米` : `${metres / 1000} 公里`)

/** The nearest rooms that have a point, as many as can be told apart; their numbers stand in the list as well. */
export function onScatter(found: readonly Found[]): Found[] {
  const near = found.filter(
    ({ room, metres }) => room.point !== null && metres !== null && room.reported === null,
  )
  return near.slice(0, 8)
}

/** Rooms around her, north above: no map is needed, and none is shown without its licence. */
export function Scatter({ place, dots }: { place: Point; dots: readonly Found[] }) {
  const far = Math.max(...dots.map(({ metres }) => metres!))
  const ring = rings.find((metres) => metres >= far) ?? rings[rings.length - 1]!
  const at = (point: Point) => {
    const east = metresBetween(place, { lng: point.lng, lat: place.lat }) * Math.sign(point.lng - place.lng)
    const north = metresBetween(place, { lng: place.lng, lat: point.lat }) * Math.sign(point.lat - place.lat)
    return { x: middle + (east / ring) * reach, y: middle - (north / ring) * reach }
  }
  return (
    <svg
      className="scatter"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={`最近的 ${dots.length} 间关爱室相对您的方位，上方为北，外圈 ${ringWords(ring)}；列表里有各间的距离`}
    >
      {[1, 0.5].map((part) => (
        <circle key={part} cx={middle} cy={middle} r={reach * part} fill="none" stroke="#ece7de" />
      ))}
      <text x={middle} y={16} textAnchor="middle" fontSize="12" fill="#595552">
        北
      </text>
      <text x={middle + reach * 0.72} y={middle + reach * 0.78} fontSize="12" fill="#595552">
        {ringWords(ring)}
      </text>
      <circle cx={middle} cy={middle} r="5" fill="#0958d9" />
      {dots.map(({ room, isOpen }, n) => {
        const { x, y } = at(room.point!)
        return (
          <g key={room.id}>
            <circle cx={x} cy={y} r="10" fill={isOpen === false ? '#8d8780' : '#b3262e'} />
            <text x={x} y={y + 4} textAnchor="middle" fontSize="12" fill="#fff">
              {n + 1}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
