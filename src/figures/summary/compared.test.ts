import { expect, test } from 'vitest'
import { comparedOf } from './compared.ts'
import { problemsOf, type Findings } from './problems.ts'
import { render } from './render.ts'
import { indicators } from '#programmes/index.ts'

const one = { indicator: 'training.sessions', label: '教育培训期数', value: 42, before: 35 }
const frame = {
  year: 2019,
  today: '2020-04-16',
  org: '示例市总工会',
  snapshot: 'live',
  publicUrl: 'http://x',
  demo: false,
  register: indicators,
}
const textOf = (value: number, isEstimate?: true): string => {
  const [{ block }] = comparedOf([one], 2019) as [ReturnType<typeof comparedOf>[0]]
  const document = render(
    { title: ['总结'], blocks: [block] },
    new Map([
      ['training.sessions@2019', { value: 42, org: null }],
      ['training.sessions@2018', { value, org: null, ...(isEstimate ? { isEstimate } : {}) }],
    ]),
    frame,
  )
  const [paragraph] = document.blocks
  if (paragraph?.kind !== 'paragraph') throw new Error('no paragraph')
  expect(document.sources.map((s) => s.label)).toContain(
    `教育培训期数（2018年）${isEstimate ? '（估报）' : ''}`,
  )
  return paragraph.runs.map((run) => ('figure' in run ? run.figure.written : run.text)).join('')
}

test('a year beside the one before it, an estimate marked in the text and in the table of sources', () => {
  expect(textOf(35)).toBe('教育培训期数由上年的35期增加到42期。')
  expect(textOf(35, true)).toBe('教育培训期数由上年的35期（估报）增加到42期。')
  expect(comparedOf([{ ...one, before: 50 }, { ...one, before: 42 }, one], 2019).map((c) => c.kind)).toEqual([
    '减少',
    '持平',
    '增加',
  ])
})

const toldOf = (found: Findings, isOver: boolean) =>
  problemsOf(found, 2019, isOver).map(({ kind, block, link }) => [
    kind,
    block.kind === 'paragraph' ? block.pieces.map((p) => ('text' in p ? p.text : '〔〕')).join('') : '',
    link,
  ])

test('no whole year stands beside one that runs', () => {
  const nothing = { count: 0, names: [] }
  const found: Findings = {
    without: nothing,
    overdue: nothing,
    lagging: [],
    silent: { count: 2, names: ['甲', '乙'], units: 9 },
    below: [{ indicator: 'training.sessions', label: '教育培训期数' }],
    short: [],
  }
  const said = (isOver: boolean) => toldOf(found, isOver).map(([, text]) => text)
  expect(said(true)).toEqual([
    '工作开展还不平衡，9家基层单位中有2家全年没有审核通过的工作记录（如甲、乙）。',
    '教育培训期数比上年有所减少，本年〔〕，上年〔〕。',
  ])
  expect(said(false)).toEqual([
    '工作开展还不平衡，9家基层单位中有2家今年以来没有审核通过的工作记录（如甲、乙）。',
    '教育培训期数比上年同期有所减少，今年以来为〔〕。',
  ])
})

test('what lies below the plan is a problem of the year that is over, and of one that runs by its time', () => {
  const nothing = { count: 0, names: [] }
  const found = {
    without: nothing,
    overdue: nothing,
    lagging: [],
    silent: { ...nothing, units: 0 },
    below: [],
    short: [
      { indicator: 'training.sessions', label: '教育培训期数', target: '50期', elapsed: 1 },
      { indicator: 'lecture.events', label: '智慧女工课堂场数', target: '20场', elapsed: 0.29 },
    ],
  }
  expect(toldOf(found, true)).toEqual([
    ['低于计划', '教育培训期数没有达到年度计划的50期，实际完成〔〕。', '/plan?year=2019'],
    [
      '低于计划',
      '智慧女工课堂场数落后于计划进度，时间已过29%，完成〔〕，计划目标为20场。',
      '/plan?year=2019',
    ],
  ])
})
