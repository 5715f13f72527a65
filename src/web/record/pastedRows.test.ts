import { expect, test } from 'vitest'
import { contract } from '#programmes/contract/definition.ts'
import { lawTalk } from '#programmes/lawTalk/definition.ts'
import { training } from '#programmes/training/definition.ts'
import { readPasted } from './pastedRows.ts'
import { dayIn, readRollLine, rollLines } from './roll.ts'

const today = '2020-04-16'

test('a chat roll: greeting and title left out, day, class and head count found', () => {
  const text =
    '#接龙\n三八节活动登记\n1. 沙河口区 3月8日 插花课 45人\n2、马栏街道 3.6 茶艺课 女30 共32人 线下\n'
  expect(readPasted(training, text, today)).toEqual({
    rows: [
      {
        place: '沙河口区',
        startsOn: '2020-03-08',
        endsOn: '2020-03-08',
        title: '插花课',
        subject: '插花课',
        all: 45,
      },
      {
        place: '马栏街道',
        startsOn: '2020-03-06',
        endsOn: '2020-03-06',
        title: '茶艺课',
        subject: '茶艺课',
        all: 32,
        women: 30,
        mode: '线下',
      },
    ],
    left: [],
    roster: null,
  })
})

test('a roll of persons and telephone numbers is only counted, nothing of it is kept', () => {
  const pasted = readPasted(training, '1. 张三 13800000000\n2. 李四 13900000000\n3、王小五', today)
  expect(pasted).toEqual({ rows: [{ all: 3 }], left: [], roster: 3 })
})

test('30 rows of a sheet under their own headings, whatever their order', () => {
  const head = ['活动名称', '结束日期', '开始日期', '方式', '期数', '参加总人次', '其中女职工', '领导']
  const lines = Array.from({ length: 30 }, (_, i) =>
    [`第${i + 1}课`, '2020.3.9', '2020年3月8日', '线下', '1', `${40 + i}`, '１０', '某某'].join('\t'),
  )
  const { rows, left } = readPasted(training, [head.join('\t'), ...lines].join('\n'), today)
  expect(rows).toHaveLength(30)
  expect(rows[29]).toEqual({
    title: '第30课',
    startsOn: '2020-03-08',
    endsOn: '2020-03-09',
    mode: '线下',
    count: 1,
    all: 69,
    women: 10,
  })
  expect(left).toEqual(['领导'])
})

test('cells without headings stand for the fields that must be filled, and what cannot be read stays as typed', () => {
  const { rows } = readPasted(lawTalk, '劳动法讲座\t2020-03-02\t2020-03-02\t线下\t一场\t30\t20', today)
  expect(rows[0]).toMatchObject({ title: '劳动法讲座', mode: '线下', count: '一场', all: 30, women: 20 })
})

test('a day without its year is the last one that has been', () => {
  expect(dayIn('3月8日', today)).toBe('2020-03-08')
  expect(dayIn('12月31日', today)).toBe('2019-12-31')
  expect(dayIn('2月30日', today)).toBeNull()
})

test('rows of a record come from a roll too', () => {
  const fields = contract.children['covered']!.fields
  expect(rollLines('1. 甲厂 12人\n2. 乙厂 女20人').map((line) => readRollLine(fields, line, today))).toEqual([
    { firm: '甲厂', women: 12 },
    { firm: '乙厂', women: 20 },
  ])
})

test('text that is neither gives one cell, and nothing gives nothing', () => {
  expect(readPasted(training, '', today).rows).toEqual([])
  expect(readPasted(training, '茶艺课', today).rows).toEqual([{ title: '茶艺课' }])
})
