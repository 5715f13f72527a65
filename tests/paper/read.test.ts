import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readDocx } from '../../src/paper/docx/read.server.ts'
import { writeDocx } from '../../src/paper/docx/write.server.ts'
import { figuresOf } from '../../src/paper/document.ts'
import { FileRefused } from '../../src/paper/refused.ts'
import { summary } from './sample.ts'

const TRANSITIONAL = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'

const relations = (target = 'word/document.xml', type = OFFICE) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${type}" Target="${target}"/></Relationships>`
const wrapped = (body: string, namespace = TRANSITIONAL, prefix = 'w') =>
  `<?xml version="1.0" encoding="UTF-8"?><${prefix}:document xmlns:${prefix}="${namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><${prefix}:body>${body}</${prefix}:body></${prefix}:document>`
const packed = (document: string, more: Zippable = {}) =>
  zipSync({ '_rels/.rels': strToU8(relations()), 'word/document.xml': strToU8(document), ...more })
const read = (body: string) => readDocx(packed(wrapped(body)))
const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`

const table = (cell: string) => `<w:tbl><w:tr><w:tc>${cell}</w:tc></w:tr></w:tbl>`
const p = (words: string) => `<w:p>${run(words)}</w:p>`

const refusal = (bytes: Uint8Array): string => {
  try {
    readDocx(bytes)
  } catch (error) {
    if (error instanceof FileRefused) return error.message
    throw error
  }
  return 'read'
}

describe('our own file', () => {
  it('gives back every figure by tag and by bookmark, at its place in the text', async () => {
    const paragraphs = readDocx(await writeDocx(summary, { mode: 'review', mark: null }))
    const wanted = figuresOf(summary)
    const tags = paragraphs.flatMap(({ text, tags }) =>
      tags.map(({ tag, start, end }) => [tag, text.slice(start, end)]),
    )
    expect(tags).toEqual(
      wanted.map((figure) => [`fig:${figure.indicator}=${figure.value}@${figure.snapshot}`, figure.written]),
    )
    const bookmarks = paragraphs.flatMap(({ text, bookmarks }) =>
      bookmarks.map(({ name, start, end }) => ({ name, text: text.slice(start, end) })),
    )
    expect(bookmarks.filter(({ name }) => name.startsWith('fig_')).map(({ text }) => text)).toEqual(
      wanted.map((figure) => figure.written),
    )
    expect(bookmarks.filter(({ name }) => name.startsWith('src_'))).toHaveLength(31)
  })

  it('knows its styles, its lines and its table', async () => {
    const paragraphs = readDocx(await writeDocx(summary, { mode: 'clean', mark: null }))
    expect(paragraphs[0]).toMatchObject({ style: 'GwTitle', text: summary.title.join('\n'), inTable: false })
    expect(paragraphs.filter(({ style }) => style === 'GwH2')).toHaveLength(6)
    expect(
      paragraphs.filter(({ inTable }) => inTable).every(({ style }) => style?.startsWith('GwCell')),
    ).toBe(true)
  })
})

describe('files of others', () => {
  it('joins what Word split, keeps insertions, leaves out deletions', () => {
    const [paragraph] = read(
      `<w:p><w:pPr><w:pStyle w:val="a"/><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>${run('48')}${run('5')}` +
        `<w:del><w:r><w:delText>4</w:delText></w:r>${run('旧')}</w:del><w:ins>${run('期')}</w:ins>` +
        `<w:moveFrom>${run('移')}</w:moveFrom><w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/></w:r></w:p>`,
    )
    expect(paragraph).toEqual({
      style: 'a',
      text: '485期\t甲\n乙\n',
      tags: [],
      bookmarks: [],
      inTable: false,
    })
  })

  it('reads strict files and any prefix', () => {
    const strict = wrapped('<x:p><x:r><x:t>严格</x:t></x:r></x:p>', STRICT, 'x')
    const type = 'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument'
    const file = zipSync({
      '_rels/.rels': strToU8(relations('/word/haupt.xml', type)),
      'word/haupt.xml': strToU8(strict),
    })
    expect(readDocx(file).map(({ text }) => text)).toEqual(['严格'])
  })

  it('takes a text box apart from the paragraph that holds it, and only once', () => {
    const box = (words: string) => `<w:txbxContent><w:p>${run(words)}</w:p></w:txbxContent>`
    const paragraphs = read(
      `<w:p>${run('前')}<w:r><mc:AlternateContent><mc:Choice>${box('框')}</mc:Choice><mc:Fallback>${box('框')}</mc:Fallback></mc:AlternateContent></w:r>${run('后')}</w:p>`,
    )
    expect(paragraphs.map(({ text }) => text)).toEqual(['框', '前后'])
  })

  it('tells table from text, also after a nested table', () => {
    const paragraphs = read(table(p('外') + table(p('内')) + p('外')) + p('文'))
    expect(paragraphs.map(({ text, inTable }) => `${text}${inTable}`)).toEqual([
      '外true',
      '内true',
      '外true',
      '文false',
    ])
  })

  it('takes a cell and a paragraph as they are, not as a tracked change says they were', () => {
    const was = '<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    const row = '<w:trPr><w:trPrChange><w:trPr><w:gridBefore w:val="2"/></w:trPr></w:trPrChange></w:trPr>'
    const style =
      '<w:pPr><w:pStyle w:val="a"/><w:pPrChange><w:pPr><w:pStyle w:val="b"/></w:pPr></w:pPrChange></w:pPr>'
    const cells = `<w:tc><w:tcPr>${was}</w:tcPr><w:p>${style}${run('甲')}</w:p></w:tc><w:tc>${p('乙')}</w:tc>`
    const paragraphs = read(`<w:tbl><w:tr>${row}${cells}</w:tr></w:tbl>`)
    expect(paragraphs.map(({ style: now, cell }) => [now, cell])).toEqual([
      ['a', { table: 1, row: 1, column: 0, span: 1 }],
      [null, { table: 1, row: 1, column: 1, span: 1 }],
    ])
  })

  it('keeps a bookmark that runs over several paragraphs in the first', () => {
    const [first] = read(
      `<w:p>${run('甲')}<w:bookmarkStart w:id="1" w:name="m"/>${run('乙丙')}</w:p><w:p>${run('丁')}<w:bookmarkEnd w:id="1"/></w:p>`,
    )
    expect(first?.bookmarks).toEqual([{ name: 'm', start: 1, end: 3 }])
  })
})

describe('the guard', () => {
  const paragraph = wrapped(`<w:p>${run('文')}</w:p>`)

  it('refuses what is no .docx', () => {
    expect(refusal(strToU8('你好'))).toBe('文件格式不对，这里只收 Word 文件（.docx）')
    expect(refusal(new Uint8Array(0))).toBe('文件格式不对，这里只收 Word 文件（.docx）')
    expect(refusal(zipSync({ 'a.txt': strToU8('a') }))).toBe('文件格式不对，这里只收 Word 文件（.docx）')
    expect(refusal(Buffer.from('D0CF11E0A1B11AE1', 'hex'))).toContain('已加密或是旧版格式')
    expect(refusal(packed(paragraph).slice(0, 200))).toContain('已损坏')
  })

  it('refuses more than the caps, naming them', () => {
    const big = new Uint8Array(20 * 1024 * 1024 + 1)
    expect(refusal(big)).toContain('不能超过20MB')
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`x/${n}`, new Uint8Array()]))
    expect(refusal(packed(paragraph, many))).toContain('不能超过2000个')
    expect(refusal(packed(paragraph, { bomb: new Uint8Array(2 * 1024 * 1024) }))).toContain('压缩比超过200倍')
    expect(refusal(packed(wrapped('<w:p/>'.repeat(100_001))))).toContain('不能超过10万段')
    expect(refusal(packed(wrapped('<w:p>'.repeat(300) + '</w:p>'.repeat(300))))).toContain(
      '嵌套不能超过256层',
    )
  })

  it('stops inflating at the cap whatever the directory claims', () => {
    const size = 65 * 1024 * 1024
    const filler = new Uint8Array(size).fill(32)
    const file = zipSync({ '_rels/.rels': strToU8(relations()), 'word/document.xml': filler })
    expect(refusal(file)).toContain('单个部件解压后不能超过64MB')
    claim(file, size, 1000)
    expect(refusal(file)).toContain('单个部件解压后不能超过64MB')
    const small = packed(paragraph)
    claim(small, strToU8(paragraph).length, 10)
    expect(refusal(small)).toContain('已损坏')
  })

  it('refuses macros, doubled parts, a DOCTYPE, other encodings, broken XML', () => {
    expect(refusal(packed(paragraph, { 'word/vbaProject.bin': strToU8('x') }))).toContain('含有宏')
    expect(refusal(packed(paragraph, { 'WORD/document.xml': strToU8('x') }))).toContain('重名部件')
    const entity = paragraph.replace('?>', '?><!DOCTYPE w [<!ENTITY a "b">]>')
    expect(refusal(packed(entity))).toContain('DOCTYPE')
    expect(refusal(packed(paragraph.replace('UTF-8', 'GB18030')))).toContain('已损坏')
    expect(refusal(packed(paragraph.replace('</w:body>', '')))).toContain('已损坏')
    const latin = zipSync({
      '_rels/.rels': strToU8(relations()),
      'word/document.xml': new Uint8Array([0xff, 0xfe]),
    })
    expect(refusal(latin)).toContain('不是 UTF-8 编码')
  })
})

/** Rewrites the size that headers and directory claim for the part of `size` bytes. */
function claim(file: Uint8Array, size: number, claimed: number): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let found = 0
  for (let at = 0; at + 4 <= file.length; at++)
    if (view.getUint32(at, true) === size) {
      view.setUint32(at, claimed, true)
      found++
    }
  if (found < 2) throw new Error('the size stands in no header')
}
