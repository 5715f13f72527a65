import { describe, expect, it } from 'vitest'
import { faultOf, fromWgs84, metresBetween, systems, toWgs84, type Point } from './point.ts'

/** One place in the three systems, as the vendors' own converters give it. */
const wgs84 = { lng: 121.6147, lat: 38.914 }
const gcj02 = { lng: 121.619643, lat: 38.914777 }
const bd09 = { lng: 121.626278, lat: 38.920418 }
const box = { west: 120.9, east: 123.6, south: 38.7, north: 40.2 }

/** Metres between two points of one system. */
const off = (a: Point, b: Point) => metresBetween(a, b)

describe('golden coordinates', () => {
  it('come out of WGS84 within a metre', () => {
    expect(off(fromWgs84(wgs84, 'GCJ02'), gcj02)).toBeLessThan(1)
    expect(off(fromWgs84(wgs84, 'BD09'), bd09)).toBeLessThan(1)
    expect(fromWgs84(wgs84, 'CGCS2000')).toEqual(wgs84)
  })

  it('go back to it within a metre', () => {
    expect(off(toWgs84(gcj02, 'GCJ02'), wgs84)).toBeLessThan(1)
    expect(off(toWgs84(bd09, 'BD09'), wgs84)).toBeLessThan(1)
  })

  it('a wrong system errs by hundreds of metres there', () => {
    expect(Math.round(off(wgs84, gcj02) / 10)).toBe(44)
    expect(off(gcj02, bd09)).toBeGreaterThan(840)
    expect(off(wgs84, bd09)).toBeGreaterThan(1_200)
  })
})

it('there and back again is a centimetre at most, over the whole box', () => {
  for (const system of systems)
    for (let lng = box.west; lng <= box.east; lng += 0.19)
      for (let lat = box.south; lat <= box.north; lat += 0.17)
        expect(off(toWgs84(fromWgs84({ lng, lat }, system), system), { lng, lat })).toBeLessThan(0.01)
})

it('outside of China nothing is shifted', () => {
  const there = { lng: 151.2, lat: -33.87 }
  expect(fromWgs84(there, 'GCJ02')).toEqual(there)
})

it.each<[string, Point, ReturnType<typeof faultOf>]>([
  ['in the city', wgs84, null],
  ['on its edge', { lng: 120.9, lat: 38.7 }, null],
  ['a hair outside', { lng: 120.8999, lat: 38.7 }, 'outside'],
  ['swapped', { lng: 38.914, lat: 121.6147 }, 'swapped'],
  ['elsewhere', { lng: 116.4, lat: 39.9 }, 'outside'],
  ['nowhere', { lng: 0, lat: 0 }, 'outside'],
])('%s', (_, point, fault) => expect(faultOf(point, box)).toBe(fault))
