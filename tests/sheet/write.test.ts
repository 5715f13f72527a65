import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, it } from 'vitest'
import { keysSheet, type Book } from '#paper/sheet/book.ts'
import { openSheets, type Sheets } from '#paper/sheet/port.server.ts'
import { sheetWorker } from '../support/embedded-worker.ts'

let sheets: Sheets
beforeAll(async () => {
  sheets = openSheets(await sheetWorker())
})

const number = '210202199003072345'
const book: Book = {
  keys: { template: 'person', version: '1' },
  sheets: [
    {
      name: '填报',
      columns: [
        { title: '姓名', kind: 'text', width: 12, required: true, note: '身份证上的姓名' },
        { title: '证件号码', kind: 'text', width: 22 },
        { title: '起始日期', kind: 'day', width: 12 },
        { title: '区域', kind: 'text', width: 12, choices: ['沙河口区', '甘井子区', '中山区'] },
        { title: '金额', kind: 'money', width: 12 },
      ],
      rows: [
        { cells: ['=1+1', number, { day: '2019-08-05' }, '+甲', 1.5] },
        {
          cells: ['-@_x0041_', '007', null, 'a\u0001b', 3],
          marks: [
            { column: 1, note: '证件号码只有 3 位', level: 'error' },
            { column: 4, note: '比往年多', level: 'warning' },
          ],
        },
      ],
      blank: 2,
    },
  ],
}

it('comes back as it was written: days, 18 digits, leading zeros, what looks like formulas; keys are hidden', async () => {
  const read = await sheets.readAll(await sheets.write(book), 100)
  expect(read.sheets.map((s) => [s.name, s.hidden])).toEqual([
    ['填报', false],
    ['字典', true],
    [keysSheet, true],
  ])
  expect(read.sheets[0]!.rows.map((r) => r.cells)).toEqual([
    ['姓名＊', '证件号码', '起始日期', '区域', '金额'],
    ['=1+1', number, { day: '2019-08-05' }, '+甲', 1.5],
    ['-@_x0041_', '007', null, 'ab', 3],
  ])
  expect(read.sheets[1]!.rows.map((r) => r.cells[0])).toEqual(['沙河口区', '甘井子区', '中山区'])
  expect(read.sheets[2]!.rows.map((r) => r.cells)).toEqual([
    ['template', 'person'],
    ['version', '1'],
  ])
})

it('freezes the heading, offers lists, notes the columns, marks faults, types empty cells, and holds no formula', async () => {
  const parts = unzipSync(await sheets.write(book))
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
  const styles = strFromU8(parts['xl/styles.xml']!)
  expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
  expect(sheet).toMatch(/<dataValidation type="list" sqref="D2:D5"[^>]*>.*字典!\$A\$1:\$A\$3/)
  expect(sheet).not.toContain('<f>')
  const style = (cell: string) => Number(new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`).exec(sheet)?.[1])
  const xfs = [
    ...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf numFmtId="(\d+)" fontId="\d+" fillId="(\d+)"/g),
  ]
  const code = (cell: string) =>
    new RegExp(`numFmtId="${xfs[style(cell)]![1]}" formatCode="([^"]*)"`).exec(styles)?.[1]
  expect(['A4', 'B5', 'C4', 'B3'].map(code)).toEqual(['@', '@', 'yyyy-mm-dd', '@'])
  const fills = [...styles.matchAll(/<fill>.*?<\/fill>/g)].map((f) => f[0])
  expect(fills[Number(xfs[style('B3')]![2])]).toContain('FFFFC7CE')
  const notes = Object.keys(parts).filter((name) => name.includes('comments'))
  expect(strFromU8(parts[notes[0]!]!)).toContain('证件号码只有 3 位')
})

const office = '/usr/bin/soffice'
/** Tables need more of the suite than texts do. */
const calc = '/usr/lib/libreoffice/program/libsclo.so'
it.skipIf(!existsSync(calc) && !process.env['JINGUO_CI'])('is opened by an office suite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jinguo-sheet-'))
  try {
    writeFileSync(join(folder, 'a.xlsx'), await sheets.write(book))
    const profile = `-env:UserInstallation=file://${folder}/profile`
    execFileSync(
      office,
      [profile, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', 'a.xlsx'],
      {
        cwd: folder,
        timeout: 120_000,
      },
    )
    expect(readFileSync(join(folder, 'a.csv'), 'utf8').split('\n').slice(0, 3)).toEqual([
      '姓名＊,证件号码,起始日期,区域,金额',
      `=1+1,${number},2019-08-05,+甲,1.50`,
      '-@_x0041_,007,,ab,3.00',
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
