import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { placeInFile } from '#figures/prose/lines.ts'
import { notesOf } from '#figures/prose/notes.ts'
import { proofread, type Live } from '#figures/prose/proof.ts'
import { known, readReport } from '#figures/prose/read.server.ts'
import { commentDocx } from '#paper/docx/comment.server.ts'
import { writeListing } from '#paper/docx/listing.server.ts'
import { readDocx } from '#paper/docx/read.server.ts'
import { p, packed, tbl, tc, tr } from '../support/wordTable.ts'

const live: Live = {
  year: 2023,
  values: new Map([
    ['training.sessions', 36],
    ['training.attendances', 2180],
    ['screening.persons', 4300],
  ]),
  below: [],
}
const rows = [
  ['女职工素质培训班', '期', '36', ''],
  ['参加培训', '人次', '2,180', '其中线上另计'],
  ['“两癌”筛查（人）', '', '4,305', ''],
]
const columns = ['项目', '单位', '2023年', '备注']

const written = () =>
  writeListing(
    { title: ['2023年工作总结'], date: '', words: [], sections: [{ title: '一、数据', columns, rows }] },
    null,
  )

const told = (bytes: Uint8Array) =>
  proofread(readReport(bytes), live, known).map(({ text, written: { unit, precision }, indicator, verdict }) =>
    [text, unit, precision, indicator, verdict],
  ) // prettier-ignore

/** With a comment at each figure. */
function commented(bytes: Uint8Array): { made: Uint8Array; document: string } {
  const paragraphs = readReport(bytes)
  const remarks = proofread(paragraphs, live, known).map((figure) => ({
    ...placeInFile(paragraphs, figure),
    lines: [figure.text],
  }))
  const made = commentDocx(bytes, remarks)
  return { made, document: strFromU8(unzipSync(made)['word/document.xml']!) }
}

/** What each comment holds. */
const held = (document: string) =>
  [...document.matchAll(/<w:commentRangeStart w:id="(\d+)"\/>(.*?)<w:commentRangeEnd w:id="\1"\/>/gs)].map(
    ([, , xml]) => xml!.replaceAll(/<[^>]*>/g, ''),
  )

describe('a table of a Word file', () => {
  it('is read row by row as the same table pasted as text is', async () => {
    const pasted = [
      '2023年工作总结',
      '',
      '一、数据',
      columns.join('\t'),
      ...rows.map((row) => row.join('\t')),
    ]
    const figures = told(await written())
    expect(figures).toEqual([
      ['36', '期', 'exact', 'training.sessions', 'agree'],
      ['2,180', '人次', 'exact', 'training.attendances', 'agree'],
      ['4,305', '人', 'exact', 'screening.persons', 'differ'],
    ])
    // A column that stays empty parts a number from its unit only where the table is pasted.
    expect(told(Buffer.from(pasted.join('\n'))).slice(0, 2)).toEqual(figures.slice(0, 2))
  })

  it('bears each comment in the cell of its figure, and is otherwise as it was', async () => {
    const file = await written()
    const { made, document } = commented(file)
    expect(held(document)).toEqual(['36', '2,180', '4,305'])
    expect(readDocx(made)).toEqual(readDocx(file))
    const before = strFromU8(unzipSync(file)['word/document.xml']!)
    for (const tag of ['w:tbl>', 'w:tr>', 'w:tc>', 'w:p>'])
      expect(document.split(`</${tag}`)).toHaveLength(before.split(`</${tag}`).length)
  })
})

describe('a table with merged cells and a table in a cell', () => {
  const file = packed(
    tbl(
      tr(tc(p('2023年主要数据'), '<w:gridSpan w:val="3"/>')),
      tr(tc(p('培训'), '<w:vMerge w:val="restart"/>'), tc(p('培训班')), tc(p('36期'))),
      tr(tc(p(''), '<w:vMerge/>'), tc(p('参加培训')), tc(p('2180')), tc(p('人次'))),
      tr(tc(tbl(tr(tc(p('“两癌”筛查')), tc(p('4300人')))) + p('')), tc(p('举办')), tc(p('培训班3期'))),
      tr(tc(p('2')), tc(p('人员培训')), tc('')),
      '<w:tc/>',
    ) + p('举办培训班36期。'),
  )

  it('is read to its end in the order of its rows', () => {
    expect(told(file)).toEqual([
      ['36期', '期', 'exact', 'training.sessions', 'agree'],
      ['2180 人次', '人次', 'exact', 'training.attendances', 'agree'],
      ['4300人', '人', 'exact', 'screening.persons', 'agree'],
      ['3期', '期', 'exact', 'training.sessions', 'differ'],
      ['36期', '期', 'exact', 'training.sessions', 'agree'],
    ])
  })

  it('bears a comment in one paragraph of one cell, though the unit stands in the next', () => {
    const { made, document } = commented(file)
    expect(held(document)).toEqual(['36期', '2180', '4300人', '3期', '36期'])
    expect(readDocx(made)).toEqual(readDocx(file))
  })
})

describe('a table with heads', () => {
  const books: Live = {
    year: 2019,
    values: new Map([
      ['training.sessions', 36],
      ['training.attendances', 2180],
      ['careRoom.built', 7],
    ]),
    periods: new Map([['2018', new Map([['training.sessions', 31]])]]),
    below: [],
  }
  const judged = (text: string) =>
    proofread(readReport(Buffer.from(text)), books, known).map(({ text: written, indicator, verdict, reason }) =>
      [written, indicator, verdict, reason],
    ) // prettier-ignore
  const table = (caption: string, number: string) =>
    judged(`2019年女职工工作总结\n${caption}\n项目\t单位\t数量\n女职工培训班\t期\t${number}`)[0]!.slice(2)
  const verdicts = (rows: string) => judged(`2019年工作\n${rows}`).map(([text, , verdict]) => [text, verdict])
  const said = (text: string) => {
    const paragraphs = readReport(Buffer.from(text))
    return notesOf(proofread(paragraphs, books, known), paragraphs).map((note) => note.text)
  }

  it.each([
    ['bars', '2019年工作\n项目（期）｜计划 ｜完成\n女职工培训班｜40｜36'],
    ['framed bars', '2019年工作\n| 项目（期） | 计划 | 完成 |\n|---|---|---|\n| 女职工培训班 | 40 | 36 |'],
    ['aligned blanks', '2019年工作\n  项目（期）      计划   完成\n  女职工培训班    40     36'],
    ['tabs', '2019年工作\n项目（期）\t计划\t完成\n女职工培训班\t40\t36'],
  ])('parted by %s gives its cells their work and unit, and no verdict to what is planned', (_, text) => {
    expect(judged(text)).toEqual([
      ['40', 'training.sessions', null, 'plan'],
      ['36', 'training.sessions', 'agree', null],
    ])
  })

  it('judges each year by its own books, and leaves differences, shares and doubtful cells alone', () => {
    const head = '2019年工作\n项目\t单位\t2018年\t2019年\t增减\t占比（%）\n'
    expect(judged(`${head}女职工培训班\t期\t31\t35\t5\t50`)).toEqual([
      ['31', 'training.sessions', 'agree', null],
      ['35', 'training.sessions', 'differ', null],
      ['5', null, null, null],
      ['50', null, null, null],
    ])
    expect(judged('2019年工作\n方式\t女职工培训班（期）\n线上\t20\n线下\t16')).toEqual([
      ['20', null, null, null],
      ['16', null, null, null],
    ])
    expect(judged('2019年工作\n方式\t女职工培训班（期）\n线上\t20\n线下\t16\n合计\t36').at(-1)).toEqual(
      ['36', 'training.sessions', 'agree', null],
    ) // prettier-ignore
  })

  it('judges a table by the books of the time and the unit in its caption, and by none where these are not known', () => {
    expect(table('2018年女职工工作完成情况', '31')).toEqual(['agree', null])
    expect(table('2019年女职工工作完成情况', '31')).toEqual(['differ', null])
    expect(table('2019年上半年女职工工作统计表', '31')).toEqual([null, 'otherPeriod'])
    expect(table('2017/2018年女职工工作统计表', '31')).toEqual([null, 'otherPeriod'])
    expect(table('2018年与2019年女职工工作统计表', '31')).toEqual([null, 'otherPeriod'])
    expect(table('附表2 东河区女职工工作统计', '31')).toEqual([null, 'otherUnit'])
    expect(table('全市女职工工作统计', '31')).toEqual(['differ', null])
  })

  it('gives no verdict to sums of a part, and of sums that differ only to that of all', () => {
    expect(
      verdicts(
        '区域\t方式\t培训班（期）\n市区\t线上\t12\n\t线下\t8\n\t小计\t20\n县\t线上\t16\n\t小计\t16\n合计\t\t36',
      ),
    ).toEqual([
      ['12', null],
      ['8', null],
      ['20', null],
      ['16', null],
      ['16', null],
      ['36', 'agree'],
    ])
    const halves = '科室\t上半年\t下半年\t合计\n女工部\t9\t11\t20\n教育处\t10\t6\t16'
    const caption = '女职工培训班（单位：期）\n'
    const ofYear = ['20', '16', '36']
    const sums = (rows: string) => verdicts(caption + rows).filter(([text]) => ofYear.includes(text!))
    expect(sums(halves)).toEqual([
      ['20', null],
      ['16', null],
    ])
    expect(sums(`${halves}\n合计\t19\t17\t36`)).toEqual([
      ['20', null],
      ['16', null],
      ['36', 'agree'],
    ])
  })

  it('takes no unit of a caption that names two, and goes on planning below a row that looks like a heading', () => {
    const caption = (unit: string) => judged(`2019年女职工培训班\n（单位：${unit}）\n方式\t数量\n线上\t36`)
    expect(caption('期')).toHaveLength(1)
    for (const units of ['期、人次', '期，人次', '期/人次', '期和人次', '期或人次'])
      expect(caption(units)).toEqual([])
    expect(
      judged('2019年工作\n二、下一步计划\n项目\t数量（期）\n一、女职工培训班\t40').map(
        ([, , , reason]) => reason,
      ),
    ).toEqual(['plan'])
  })

  it('checks what rows and columns sum up to', () => {
    const rows =
      '2019年工作\n单位\t培训班（期）\t经费（万元）\n东河区\t20\t1.25\n西城区\t15\t2.5\n合计\t36\t3.75'
    expect(said(rows)).toEqual(['各行相加为35期，与表中的36期相差1，请核对'])
    const columns = '2019年工作\n项目（场）\t线上\t线下\t合计\n女职工培训\t3\t4\t8\n普法讲座\t1\t2\t3'
    expect(said(columns)).toEqual(['各列相加为7场，与表中的8场相差1，请核对'])
  })

  it('is read of a Word file with merged labels and heads, and bears its comments in the cells', () => {
    const file = packed(
      p('2019年女职工工作') +
        tbl(
          tr(
            tc(p('类别'), '<w:vMerge w:val="restart"/>'),
            tc(p('工作'), '<w:vMerge w:val="restart"/>'),
            tc(p('数量（个、期）'), '<w:gridSpan w:val="2"/>'),
          ),
          tr(tc(p(''), '<w:vMerge/>'), tc(p(''), '<w:vMerge/>'), tc(p('计划')), tc(p('完成'))),
          tr(tc(p('培训'), '<w:vMerge w:val="restart"/>'), tc(p('举办期数')), tc(p('40')), tc(p('36'))),
          tr(tc(p(''), '<w:vMerge/>'), tc(p('参加人次')), tc(p('2000')), tc(p('2181'))),
          tr(tc(p('关爱室')), tc(p('新建个数')), tc(p('6')), tc(p('7'))),
        ),
    )
    expect(
      proofread(readReport(file), books, known).map(({ text, indicator, verdict, reason }) => [
        text,
        indicator,
        verdict ?? reason,
      ]),
    ).toEqual([
      ['40', 'training.sessions', 'plan'],
      ['36', 'training.sessions', 'agree'],
      ['2000', 'training.attendances', 'plan'],
      ['2181', 'training.attendances', 'differ'],
      ['6', 'careRoom.built', 'plan'],
      ['7', 'careRoom.built', 'agree'],
    ])
    expect(held(commented(file).document)).toEqual(['40', '36', '2000', '2181', '6', '7'])
  })

  it('is no table where lines only have blanks, and holds up nobody', () => {
    expect(
      judged('2019年工作\n举办培训班  36期。\n新建关爱室  7个。').map(([, , verdict]) => verdict),
    ).toEqual(['agree', 'agree'])
    const many = [
      '项目\t培训班（期）\t合计',
      ...Array.from({ length: 3000 }, (_, n) => `单位${n}\t${n}\t其中`),
    ].join('\n')
    const hostile = [
      many,
      '1\t2\n'.repeat(3000),
      `${'\t'.repeat(40_000)}\n${'a\t\n'.repeat(10_000)}`,
      '|-|-|\n'.repeat(10_000),
      `项目\t培训班（期）${'\t其中'.repeat(60)}\n${`其中${'\t1'.repeat(61)}\n`.repeat(50)}`,
      `项目\t参加\t数量\n${'其中：甲\t1\t2\n'.repeat(1000)}`,
    ]
    // Of the processor, which others may need at the same time.
    const before = process.cpuUsage()
    for (const text of hostile) judged(`2019年工作\n${text}`)
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
  })
})
