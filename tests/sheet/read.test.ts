import { beforeAll, describe, expect, it } from 'vitest'
import { caps } from '#paper/sheet/caps.ts'
import type { Workbook } from '#paper/sheet/cell.ts'
import { openSheets, type Sheets } from '#paper/sheet/port.server.ts'
import { sheetWorker } from '../support/embedded-worker.ts'
import { rowOf, xlsxOf } from './hostile.ts'

let sheets: Sheets
beforeAll(async () => {
  sheets = openSheets(await sheetWorker())
})

const read = (bytes: Uint8Array): Promise<Workbook> => sheets.readAll(bytes, 1_000_000)
const cellsOf = async (bytes: Uint8Array) => (await read(bytes)).sheets[0]!.rows.map((r) => r.cells)

describe('an .xlsx', () => {
  it('is read with sheet, row and column; shared, rich and inline texts, and no phonetics', async () => {
    const bytes = xlsxOf({
      data: `${rowOf(2, '姓名', '王示一')}<row r="7"><c r="A7" t="s"><v>0</v></c><c r="C7" t="s"><v>1</v></c></row>`,
      strings:
        '<si><r><t>沙河</t></r><r><t>口区</t></r><rPh sb="0" eb="1"><t>shahe</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>',
    })
    expect(await read(bytes)).toEqual({
      sheets: [
        {
          name: '名单',
          hidden: false,
          rows: [
            { row: 2, cells: ['姓名', '王示一'] },
            { row: 7, cells: ['沙河口区', null, 'a\rb_x0041_'] },
          ],
        },
      ],
    })
  })

  it('gives numbers, yes and no, days by their format, and what a formula came to', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="0.00&quot;day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    const data = `<row r="1"><c r="A1"><v>43682</v></c><c r="B1" s="1"><v>43682</v></c><c r="C1" s="2"><v>43682.75</v></c><c r="D1" s="3"><v>43682</v></c>
      <c r="E1" t="b"><v>1</v></c><c r="F1" t="str"><f>A1&amp;"x"</f><v>=1+1</v></c><c r="G1"><f>B1</f><v>12</v></c><c r="H1"><f>NOW()</f></c><c r="I1" t="e"><v>#REF!</v></c></row>`
    expect(await cellsOf(xlsxOf({ data, styles }))).toEqual([
      [
        43682,
        { day: '2019-08-05' },
        { day: '2019-08-05' },
        43682,
        true,
        '=1+1',
        12,
        { error: '公式没有结果' },
        { error: '#REF!' },
      ],
    ])
  })

  it('counts days from 1904 where the workbook says so', async () => {
    const book =
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="甲" r:id="s1"/></sheets></workbook>'
    const bytes = xlsxOf({
      book,
      data: '<row r="1"><c r="A1" s="0"><v>42220</v></c></row>',
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
    })
    expect(await cellsOf(bytes)).toEqual([[{ day: '2019-08-05' }]])
  })
})

describe('a hostile or unusable file is refused with one sentence', () => {
  const entity =
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1"><v>&e;</v></c></row></sheetData></worksheet>'
  const bomb = Buffer.alloc(3 * 1024 * 1024, 32)
  it.each<[string, () => Uint8Array, string]>([
    ['empty', () => Buffer.alloc(0), '文件是空的，请重新选择'],
    [
      'old .xls or encrypted',
      () => Buffer.from('D0CF11E0A1B11AE1', 'hex'),
      '文件已加密或是旧版 .xls 格式，请去掉密码，在 Excel 或 WPS 中另存为 .xlsx 后再上传',
    ],
    ['a DTD with an entity', () => xlsxOf({ sheet: entity }), '文件带有文档类型声明（DOCTYPE）'],
    ['an undeclared entity', () => xlsxOf({ data: rowOf(1, '&boom;') }), '文件内容已损坏'],
    [
      'a zip bomb',
      () => xlsxOf({ data: rowOf(1, 'a'), more: { 'xl/media/a.bin': bomb } }),
      '疑似压缩炸弹，不予读取',
    ],
    [
      'macros',
      () => xlsxOf({ data: rowOf(1, 'a'), more: { 'xl/vbaProject.bin': Buffer.from('x') } }),
      '文件含有宏，请另存为不含宏的文件后再上传',
    ],
    [
      'external links',
      () => xlsxOf({ data: rowOf(1, 'a'), more: { 'xl/externalLinks/externalLink1.xml': Buffer.from('x') } }),
      '文件引用了别的工作簿（外部链接）',
    ],
    ['.xlsb', () => xlsxOf({ more: { 'xl/workbook.bin': Buffer.from('x') } }), '这是 .xlsb 二进制工作簿'],
    ['another zip', () => zipWithout(), '这不是 Excel 工作簿，请另存为 .xlsx 后再上传'],
    ['a torn zip', () => xlsxOf({ data: rowOf(1, 'a') }).subarray(0, 400), '文件已损坏'],
    ['rows that go back', () => xlsxOf({ data: rowOf(2, 'a') + rowOf(1, 'b') }), '的行号错乱'],
    ['a row far below', () => xlsxOf({ data: rowOf(1_048_577, 'a') }), '的行号错乱'],
    [
      'a column far right',
      () => xlsxOf({ data: '<row r="3"><c r="XFD3"><v>1</v></c></row>' }),
      '工作表“名单”的第 3 行超过 200 列',
    ],
    ['a huge cell', () => xlsxOf({ data: rowOf(4, 'a'.repeat(32_768)) }), '名单!A4 的内容超过 32767 个字'],
    [
      'too many rows',
      () => xlsxOf({ data: Array.from({ length: caps.rows + 1 }, (_, n) => rowOf(n + 1, '1')).join('') }),
      '一次最多读 200000 行，请分成几个文件再上传',
    ],
    ['nothing in it', () => xlsxOf({}), '文件里没有内容，请检查是否存错了文件'],
    ['a picture', () => Buffer.from('89504E470D0A1A0A00000000', 'hex'), '认不出这个文件'],
    ['a torn quotation', () => Buffer.from('a,b\n"x,1\n'), '引号或分隔符不成对'],
    ['a large text', () => Buffer.alloc(caps.fileBytes + 1, 97), '文本表格（.csv）不能超过30MB'],
    ['a large workbook', () => Buffer.alloc(caps.fileBytes + 1, 'PK'), 'Excel 工作簿（.xlsx）不能超过30MB'],
  ])('%s', async (_, bytes, sentence) => {
    const refusal = await read(bytes()).then(
      () => '',
      (error: Error) => `${error.name}: ${error.message}`,
    )
    expect(refusal).toContain(sentence)
    expect(refusal).toMatch(/^FileRefused: [^\n]+$/)
  })

  it('what claims little and inflates to much is stopped at the cap', async () => {
    const bytes = xlsxOf({ data: rowOf(1, 'a'.repeat(3_000_000)) })
    // The directory claims 100 bytes for the sheet.
    const name = Buffer.from('xl/worksheets/sheet1.xml')
    const entry = bytes.lastIndexOf(name) - 46
    bytes.writeUInt32LE(100, entry + 24)
    await expect(read(bytes)).rejects.toThrow('文件已损坏')
  })
})

describe('a text file', () => {
  const text = '姓名,单位\n女甲,沙河口区\n'
  const gb = Buffer.from('D0D5C3FB2CB5A5CEBB0AC5AEBCD72CC9B3BAD3BFDAC7F80A', 'hex')
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['GB18030', gb],
    ['tabs and CRLF', Buffer.from(text.replaceAll(',', '\t').replaceAll('\n', '\r\n'))],
  ])('in %s', async (_, bytes) => {
    expect(await cellsOf(bytes)).toEqual([
      ['姓名', '单位'],
      ['女甲', '沙河口区'],
    ])
  })

  it('of one Han character in GB18030, which is a valid Ů in UTF-8', async () => {
    expect(await cellsOf(Buffer.from('C5AE', 'hex'))).toEqual([['女']])
  })

  it('keeps leading zeros, quotes, line breaks in quotes, and the row of the record', async () => {
    const book = await read(Buffer.from('号,注\n\n007,"a ""b""\nc"\n\'=1+1,x\n'))
    expect(book.sheets[0]!.rows.map((r) => r.cells)).toEqual([
      ['号', '注'],
      ['007', 'a "b"\nc'],
      ['=1+1', 'x'],
    ])
  })
})

it('a reader that is refused leaves the port usable, and takes no more than it is told', async () => {
  const many = xlsxOf({ data: Array.from({ length: 20 }, (_, n) => rowOf(n + 1, 'a')).join('') })
  await expect(sheets.readAll(many, 19)).rejects.toThrow('这里一次最多读 19 行')
  expect((await sheets.readAll(many, 20)).sheets[0]!.rows).toHaveLength(20)
})

function zipWithout(): Buffer {
  return xlsxOf({ more: { '_rels/.rels': Buffer.from('<Relationships/>') } })
}
