import { strToU8, unzipSync, strFromU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { commentDocx } from '#paper/docx/comment.server.ts'
import { readDocx, readWholeDocx } from '#paper/docx/read.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { summary } from '../paper/sample.ts'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const docx = (body: string, more: Zippable = {}) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
    ),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(`<w:document xmlns:w="${W}"><w:body>${body}</w:body></w:document>`),
    ...more,
  })
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const part = (name: string, text: string) =>
  strToU8(`<w:${name} xmlns:w="${W}"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:${name}>`)
const link = (kind: string, target: string, n: number) =>
  `<Relationship Id="a${n}" Type="${R}/${kind}" Target="${target}"/>`
const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))
const remark = (start: number, end: number, line = '相符') => ({ paragraph: 0, start, end, lines: [line] })

const bold = (text: string) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`

describe('comments put into a file of others', () => {
  it('hold the words alone where the run is plain, and keep text and style', () => {
    const file = docx('<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>举办&lt;培训&gt;485期，3万人次</w:t></w:r></w:p>')
    const made = commentDocx(file, [remark(6, 10), remark(11, 15, '不符 <&>')])
    expect(readDocx(made)).toEqual(readDocx(file))
    const parts = partsOf(made)
    expect(parts['word/document.xml']).toContain(
      `${bold('举办&lt;培训&gt;')}<w:commentRangeStart w:id="0"/>${bold('485期')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>${bold('，')}`,
    )
    expect(parts['word/comments.xml']).toContain('不符 &lt;&amp;&gt;')
    expect(parts['word/_rels/document.xml.rels']).toContain('Target="comments.xml"')
    expect(parts['[Content_Types].xml']).toContain('/word/comments.xml')
  })

  it('hold whole runs where a figure is spread over several, or the run holds more than text', () => {
    const file = docx('<w:p><w:r><w:t>共48</w:t><w:tab/></w:r><w:r><w:t>期</w:t></w:r></w:p>')
    const made = commentDocx(file, [remark(1, 5)])
    expect(readDocx(made)).toEqual(readDocx(file))
    expect(partsOf(made)['word/document.xml']).toMatch(/<w:p><w:commentRangeStart w:id="0"\/><w:r><w:t>共48/)
  })

  it('go behind those that stand there, and leave every other part as it was', async () => {
    const file = await writeDocx(summary, { mode: 'review', mark: null })
    const before = partsOf(file)
    const ids = [...before['word/comments.xml']!.matchAll(/<w:comment [^>]*w:id="(\d+)"/g)].map(([, id]) =>
      Number(id),
    )
    const at = readDocx(file).findIndex(({ text }) => text.includes('485期'))
    const made = commentDocx(file, [{ ...remark(0, 2), paragraph: at }])
    expect(readDocx(made)).toEqual(readDocx(file))
    const after = partsOf(made)
    expect(after['word/comments.xml']).toContain(`<w:comment w:id="${Math.max(...ids) + 1}"`)
    const same = Object.keys(before).filter((name) => before[name] === after[name])
    expect(same).toHaveLength(Object.keys(before).length - 2)
  })

  it('of what stands outside the text are put at its first words, and footnote and header are read once each', () => {
    const file = docx('<w:p><w:r><w:t>正文</w:t></w:r></w:p>', {
      'word/_rels/document.xml.rels': strToU8(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${link('header', 'header1.xml', 1)}${link('header', 'header2.xml', 2)}${link('footnotes', 'footnotes.xml', 3)}</Relationships>`,
      ),
      'word/header1.xml': part('hdr', '培训485期'),
      'word/header2.xml': part('hdr', '培训485期'),
      'word/footnotes.xml': part('footnotes', '其中线上200期'),
    })
    const read = readWholeDocx(file)
    expect(read.map(({ text, aside = null }) => [text, aside])).toEqual([
      ['正文', null],
      ['其中线上200期', '脚注'],
      ['培训485期', '页眉'],
    ])
    const made = partsOf(commentDocx(file, [{ paragraph: 1, start: 4, end: 8, lines: ['脚注中的“200期”'] }]))
    expect(made['word/document.xml']).toContain('<w:commentRangeStart w:id="0"/>')
    expect(made['word/comments.xml']).toContain('脚注中的')
    expect(made['word/footnotes.xml']).toContain('其中线上200期')
  })
})
