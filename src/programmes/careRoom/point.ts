/**
 * Coordinate systems that points of rooms come in. CGCS2000 agrees with WGS84 within a metre; GCJ-02 and BD-09 are shifted by
 * hundreds of metres, so a point without its system is worth nothing.
 */
export const systems = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const
export type System = (typeof systems)[number]
/** As people know them. */
export const systemNames: Readonly<Record<System, string>> = {
  WGS84: 'WGS84，GPS',
  CGCS2000: 'CGCS2000，天地图',
  GCJ02: 'GCJ-02，高德、腾讯',
  BD09: 'BD-09，百度',
}
export type Point = { lng: number; lat: number }

const axis = 6_378_245
const eccentricity = 0.006_693_421_622_965_943
const baidu = (Math.PI * 3000) / 180

/** Outside of China the shift is not defined; the box is that of the published algorithm. */
const isShifted = ({ lng, lat }: Point): boolean =>
  lng > 72.004 && lng < 137.8347 && lat > 0.8293 && lat < 55.8271

const waves = (x: number): number =>
  ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3

function shift(x: number, y: number): { north: number; east: number } {
  const root = Math.sqrt(Math.abs(x))
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    waves(x) +
    ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    waves(x) +
    ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  return { north, east }
}

function toGcj(point: Point): Point {
  if (!isShifted(point)) return point
  const { north, east } = shift(point.lng - 105, point.lat - 35)
  const latitude = rad(point.lat)
  const magic = 1 - eccentricity * Math.sin(latitude) ** 2
  const root = Math.sqrt(magic)
  return {
    lat: point.lat + (north * 180) / (((axis * (1 - eccentricity)) / (magic * root)) * Math.PI),
    lng: point.lng + (east * 180) / ((axis / root) * Math.cos(latitude) * Math.PI),
  }
}

function gcjToBaidu({ lng, lat }: Point): Point {
  const z = Math.hypot(lng, lat) + 0.00002 * Math.sin(lat * baidu)
  const theta = Math.atan2(lat, lng) + 0.000003 * Math.cos(lng * baidu)
  return { lng: z * Math.cos(theta) + 0.0065, lat: z * Math.sin(theta) + 0.006 }
}

/** Undoes a shift that is nearly the same nearby: what the guess lands beside the target is taken off, until nothing is left. */
function undo(move: (point: Point) => Point, target: Point): Point {
  let guess = target
  for (let round = 0; round < 20; round++) {
    const landed = move(guess)
    const off = { lng: landed.lng - target.lng, lat: landed.lat - target.lat }
    guess = { lng: guess.lng - off.lng, lat: guess.lat - off.lat }
    if (Math.hypot(off.lng, off.lat) < 1e-11) break
  }
  return guess
}

/** The canonical WGS84 point of a given one. */
export function toWgs84(point: Point, system: System): Point {
  switch (system) {
    case 'WGS84':
    case 'CGCS2000':
      return point
    case 'GCJ02':
      return undo(toGcj, point)
    case 'BD09':
      return undo((p) => gcjToBaidu(toGcj(p)), point)
  }
}

/** A canonical point as a map vendor wants it. */
export function fromWgs84(point: Point, system: System): Point {
  switch (system) {
    case 'WGS84':
    case 'CGCS2000':
      return point
    case 'GCJ02':
      return toGcj(point)
    case 'BD09':
      return gcjToBaidu(toGcj(point))
  }
}

const rad = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres between two WGS84 points, on a sphere: right to a few parts in a thousand. */
export function metresBetween(a: Point, b: Point): number {
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lng - a.lng) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h))
}

export type Box = { west: number; east: number; south: number; north: number }
const inside = ({ lng, lat }: Point, box: Box): boolean =>
  lng >= box.west && lng <= box.east && lat >= box.south && lat <= box.north

/** What is wrong with a WGS84 point: its axes are swapped, or it lies outside the city. */
export function faultOf(point: Point, box: Box): 'swapped' | 'outside' | null {
  if (inside(point, box)) return null
  return inside({ lng: point.lat, lat: point.lng }, box) ? 'swapped' : 'outside'
}
