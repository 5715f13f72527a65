import { fromWgs84, type Point } from './point.ts'

/** An app that shows a place, with the address that opens it there. */
export type MapLink = { app: '高德地图' | '百度地图' | '腾讯地图'; url: string }

const six = (degrees: number): string => degrees.toFixed(6)
/** 百度 and 腾讯 read these as their own. */
const plain = (text: string): string => text.replace(/[;:|]/g, ' ')

const query = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&')

/** Names us to the vendors, who ask for it. */
const source = 'jinguo'

/**
 * Addresses that show a WGS84 point in the three map apps, or on their pages where the app is missing. All three take GCJ-02;
 * 高德 wants longitude first, the others latitude.
 */
export function mapLinks(point: Point, name: string, address: string): readonly MapLink[] {
  const { lng, lat } = fromWgs84(point, 'GCJ02')
  const amap = {
    position: `${six(lng)},${six(lat)}`,
    name,
    src: source,
    coordinate: 'gaode',
    callnative: '1',
  }
  const baidu = {
    location: `${six(lat)},${six(lng)}`,
    title: plain(name),
    content: plain(address),
    output: 'html',
    coord_type: 'gcj02',
    src: `webapp.${source}.${source}`,
  }
  const marker = `coord:${six(lat)},${six(lng)};title:${plain(name)};addr:${plain(address)}`
  return [
    { app: '高德地图', url: `https://uri.amap.com/marker?${query(amap)}` },
    { app: '百度地图', url: `https://api.map.baidu.com/marker?${query(baidu)}` },
    {
      app: '腾讯地图',
      url: `https://apis.map.qq.com/uri/v1/marker?${query({ marker, coord_type: '2', referer: source })}`,
    },
  ]
}

/** The plain address of a point, which a phone gives to whatever map it has. */
export function geoLink({ lng, lat }: Point, name: string): string {
  const at = `${six(lat)},${six(lng)}`
  return `geo:${at}?q=${at}(${encodeURIComponent(name)})`
}
