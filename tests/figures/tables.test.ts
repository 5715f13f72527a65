import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { placeInFile } from '#figures/prose/lines.ts'
import { proofread, type Live } from '#figures/prose/proof.ts'
import { known, readReport } from '#figures/prose/read.server.ts'
import { commentDocx } from '#paper/docx/comment.server.ts'
import { writeListing } from '#paper/docx/listing.server.ts'
import { readDocx } from '#paper/docx/read.server.ts'

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

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const packed = (body: string) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
    ),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(`<w:document xmlns:w="${W}"><w:body>${body}</w:body></w:document>`),
  })
const p = (text: string) => `<w:p>${text === '' ? '' : `<w:r><w:t>${text}</w:t></w:r>`}</w:p>`
const tc = (content: string, more = '') => `<w:tc><w:tcPr>${more}</w:tcPr>${content}</w:tc>`
const tr = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
const tbl = (...of: string[]) => `<w:tbl><w:tblPr/><w:tblGrid/>${of.join('')}</w:tbl>`

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
