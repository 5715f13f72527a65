import type { Vendor } from './listing.ts'
import type { System } from './point.ts'

/** A room as the workbook of a vendor tells of it. */
export type Told = {
  name: string
  address: string
  door: string
  district: string
  phone: string
  hours: string
  equipment: string
  source: string
  lng: string
  lat: string
  wanted: string
}
export type VendorColumn = {
  title: string
  width: number
  of: keyof Told | { always: string } | { point: 'lng,lat' | 'lat,lng' }
}
export type VendorBook = { system: System; systemName: string; columns: readonly VendorColumn[] }

const common = (kind: string): readonly VendorColumn[] => [
  { title: '名称', width: 30, of: 'name' },
  { title: '类型', width: 34, of: { always: kind } },
  { title: '所属城市区县', width: 18, of: 'district' },
  { title: '详细地址', width: 36, of: 'address' },
  { title: '楼层和门口指引', width: 20, of: 'door' },
]
const rest: readonly VendorColumn[] = [
  { title: '联系电话', width: 16, of: 'phone' },
  { title: '开放时间', width: 20, of: 'hours' },
  { title: '设施', width: 40, of: 'equipment' },
  { title: '信息来源单位', width: 28, of: 'source' },
  { title: '本次事项', width: 12, of: 'wanted' },
]

/**
 * The workbook of each vendor as data: none of them has a public interface for writing, each takes lists in its own coordinate
 * system and order. The columns are our own reading of what their feedback forms ask.
 */
export const vendorBooks: Readonly<Record<Vendor, VendorBook>> = {
  高德: {
    system: 'GCJ02',
    systemName: 'GCJ-02（经度,纬度）',
    columns: [
      ...common('200304 公共设施;公共厕所;婴儿换洗间/哺乳室/母婴室'),
      { title: '坐标（经度,纬度，GCJ-02）', width: 26, of: { point: 'lng,lat' } },
      ...rest,
    ],
  },
  百度: {
    system: 'BD09',
    systemName: 'BD-09（经度、纬度）',
    columns: [
      ...common('母婴室'),
      { title: '经度（BD-09）', width: 16, of: 'lng' },
      { title: '纬度（BD-09）', width: 16, of: 'lat' },
      ...rest,
    ],
  },
  腾讯: {
    system: 'GCJ02',
    systemName: 'GCJ-02（纬度,经度）',
    columns: [
      ...common('基础设施:母婴室'),
      { title: '坐标（纬度,经度，GCJ-02）', width: 26, of: { point: 'lat,lng' } },
      ...rest,
    ],
  },
}

/** The cells of one row, in the order of the columns. */
export const cellsOf = ({ columns }: VendorBook, told: Told): string[] =>
  columns.map(({ of }) => {
    if (typeof of === 'string') return told[of]
    if ('always' in of) return of.always
    return of.point === 'lng,lat' ? `${told.lng},${told.lat}` : `${told.lat},${told.lng}`
  })
