import * as z from 'zod/mini'
import { defineRule } from '#rules/tables.ts'

const days = z.int().check(z.gte(1), z.lte(400))

/** Days and bounds of rooms. */
export const roomTerms = defineRule({
  key: 'careRoomTerms',
  title: '关爱室期限和范围',
  explain: '上图后多久核对一次、名称最多几个字、本市的坐标范围（WGS84 经纬度）；范围以外的点要确认才能保存。',
  schema: z.object({
    recheckDays: days,
    longestName: z.int().check(z.gte(5), z.lte(60)),
    box: z.object({
      west: z.number().check(z.gte(73), z.lte(136)),
      east: z.number().check(z.gte(73), z.lte(136)),
      south: z.number().check(z.gte(3), z.lte(54)),
      north: z.number().check(z.gte(3), z.lte(54)),
    }),
  }),
  labels: {
    recheckDays: '上图核对间隔（天）',
    longestName: '上图名称最多字数',
    box: '本市范围',
    'box.west': '最西经度',
    'box.east': '最东经度',
    'box.south': '最南纬度',
    'box.north': '最北纬度',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '本系统示例，请市总工会按工作要求调整',
      value: {
        recheckDays: 31,
        longestName: 20,
        box: { west: 120.9, east: 123.6, south: 38.7, north: 40.2 },
      },
    },
  ],
})

export const careRoomTables = [roomTerms] as const
