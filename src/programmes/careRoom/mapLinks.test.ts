import { expect, it } from 'vitest'
import { geoLink, mapLinks } from './mapLinks.ts'

const golden = { lng: 121.6147, lat: 38.914 }
const links = mapLinks(golden, '示例路女职工关爱室', '示例路1号;2层|东侧')
const asked = (n: number) => new URL(links[n]!.url).searchParams

it('gives 高德 the golden point in GCJ-02, longitude first', () => {
  expect(links[0]!.app).toBe('高德地图')
  expect(asked(0).get('position')).toBe('121.619643,38.914777')
  expect(asked(0).get('coordinate')).toBe('gaode')
})

it('gives 百度 latitude first, and says in which system', () => {
  expect(asked(1).get('location')).toBe('38.914777,121.619643')
  expect(asked(1).get('coord_type')).toBe('gcj02')
  expect(asked(1).get('output')).toBe('html')
})

it('gives 腾讯 one marker whose parts no name can break', () => {
  expect(asked(2).get('marker')).toBe(
    'coord:38.914777,121.619643;title:示例路女职工关爱室;addr:示例路1号 2层 东侧',
  )
})

it('keeps what a name holds inside its value', () => {
  const [amap] = mapLinks(golden, '甲&乙?#丙', '')
  expect(new URL(amap!.url).searchParams.get('name')).toBe('甲&乙?#丙')
})

it('gives any other map the point as GPS has it', () => {
  expect(geoLink(golden, '关爱室')).toBe(
    'geo:38.914000,121.614700?q=38.914000,121.614700(%E5%85%B3%E7%88%B1%E5%AE%A4)',
  )
})
