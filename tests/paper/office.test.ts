import { beforeAll, describe, expect, it } from 'vitest'
import { figuresOf, type OfficialDocument } from '../../src/paper/document.ts'
import { readDocx } from '../../src/paper/docx/read.server.ts'
import { writeDocx } from '../../src/paper/docx/write.server.ts'
import { convertToPdf, substitutions } from '../../src/paper/fonts.server.ts'
import { OFFICIAL_FONTS } from '../../src/paper/fonts.ts'
import { convert, findSoffice, OfficeFailed } from '../../src/paper/office.server.ts'
import { findPoppler, inkRows, type Line, middle, pagesOf } from './rendered.ts'
import { summary } from './sample.ts'

const complete = findSoffice() !== null && findPoppler()
const required = process.env['JINGUO_CI'] === '1'

const MM = 72 / 25.4
const PAGE_WIDTH = 210 * MM
const PAGE_HEIGHT = 297 * MM
const TYPE_AREA = { left: 28 * MM, right: PAGE_WIDTH - 26 * MM, top: 37 * MM, bottom: PAGE_HEIGHT - 35 * MM }

/** Characters without punctuation: what hangs or is squeezed at a line's end would blur the count. */
const HAN = '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜'
const long: OfficialDocument = {
  ...summary,
  blocks: [{ kind: 'paragraph', runs: [{ text: HAN.repeat(60) }] }, ...summary.blocks],
}

const bodyOf = (page: Line[]) => page.filter((line) => middle(line) < TYPE_AREA.bottom)
const setOf = (page: Line[]) => bodyOf(page).map((line) => [line.text, Math.round(line.top)])
const numberOf = (page: Line[]) => page.filter((line) => middle(line) > TYPE_AREA.bottom)
const centre = (line: Line) => (line.left + line.right) / 2

describe.runIf(required)('this machine', () => {
  it('has LibreOffice and poppler, so that nothing here is passed over', () => expect(complete).toBe(true))
})

describe.runIf(complete)('on paper', () => {
  let pdf: Uint8Array
  let pages: Line[][]
  const find = (text: string) => {
    const at = pages.findIndex((page) => page.some((line) => line.text.includes(text)))
    return { page: pages[at]!, line: pages[at]!.find((candidate) => candidate.text.includes(text))! }
  }

  beforeAll(async () => {
    const preview = await convertToPdf(await writeDocx(long, { mode: 'clean', mark: null }))
    pdf = preview!.pdf
    pages = pagesOf(pdf)
  })

  it('a full page has 22 lines of 28 characters', () => {
    const full = pages.slice(1, 4)
    expect(full.map((page) => bodyOf(page).length)).toEqual([22, 22, 22])
    expect(new Set(full.flatMap(bodyOf).map((line) => [...line.text].length))).toEqual(new Set([28]))
  })

  it('the text fills the type area of 156 × 225 mm', () => {
    const lines = bodyOf(pages[1]!)
    expect(Math.min(...lines.map((line) => line.left))).toBeCloseTo(TYPE_AREA.left, 0)
    expect(Math.max(...lines.map((line) => line.right))).toBeGreaterThan(TYPE_AREA.right - 2)
    expect(Math.max(...lines.map((line) => line.right))).toBeLessThan(TYPE_AREA.right + 0.5)
    const ink = inkRows(pdf, 2, 0, TYPE_AREA.bottom + 2)
    expect(ink.first).toBeGreaterThan(TYPE_AREA.top)
    expect(ink.first).toBeLessThan(TYPE_AREA.top + 10)
    expect(ink.last).toBeLessThan(TYPE_AREA.bottom)
    expect(ink.last).toBeGreaterThan(TYPE_AREA.bottom - 10)
  })

  it('the page number stands outside, one character in, its dashes 7 mm below the type area', () => {
    const numbers = pages.flatMap(numberOf)
    expect(numbers.map((line) => line.text)).toEqual(pages.map((_, at) => `—${at + 1}—`))
    const offsets = numbers.map((line, at) =>
      at % 2 === 0 ? TYPE_AREA.right - line.right : line.left - TYPE_AREA.left,
    )
    for (const offset of offsets) expect(offset).toBeCloseTo(14, 0)
    // The digit is higher than the dash and centred on it within a point.
    const ink = inkRows(pdf, 2, TYPE_AREA.bottom + 2, PAGE_HEIGHT)
    const distance = ((ink.first + ink.last) / 2 - TYPE_AREA.bottom) / MM
    expect(distance).toBeGreaterThan(6)
    expect(distance).toBeLessThan(8)
  })

  it('with the audit head below it the page number and the text stay where they are', async () => {
    const marked = await convertToPdf(
      await writeDocx(long, { mode: 'clean', mark: '审计链第 128 条　3f9a1c0b7d24e865' }),
    )
    const withMark = pagesOf(marked!.pdf)
    expect(withMark.map(setOf)).toEqual(pages.map(setOf))
    for (const [at, page] of withMark.entries()) {
      const [number, mark, ...rest] = numberOf(page)
      const [plain] = numberOf(pages[at]!)
      expect(rest).toEqual([])
      expect(number!.text).toBe(plain!.text)
      expect(Math.abs(middle(number!) - middle(plain!))).toBeLessThan(0.6)
      expect(mark!.text.replaceAll(/\s/g, '')).toBe('审计链第128条3f9a1c0b7d24e865')
      expect(mark!.top).toBeGreaterThan(number!.top)
    }
  })

  it('the title is centred at the top, its date below, then one blank line', () => {
    const [first, second, date, text] = pages[0]!
    const expected = (TYPE_AREA.left + TYPE_AREA.right) / 2
    for (const line of [first!, second!, date!]) expect(Math.abs(centre(line) - expected)).toBeLessThan(2)
    expect(first!.text).toBe('滨海市总工会女职工委员会2019年工作总结')
    expect(date!.text).toBe('（2020年4月16日）')
    expect(middle(second!) - middle(first!)).toBeCloseTo(35, 0)
    const gap = (middle(text!) - middle(date!)) / 28.95
    expect(Math.round(gap)).toBe(2)
    expect(text!.left).toBeCloseTo(TYPE_AREA.left + 2 * 15.75, 0)
  })

  it('the name ends two characters from the right, the date starts two after it', () => {
    const { line: name, page } = find('附件：数据来源与口径')
    const after = page.filter((line) => line.top > name.top)
    const [signature, date] = after
    expect(signature!.text).toBe('滨海市总工会女职工委员会')
    expect(date!.text).toBe('2020年4月16日')
    expect(signature!.right).toBeGreaterThan(TYPE_AREA.right - 2 * 16 - 3)
    expect(signature!.right).toBeLessThan(TYPE_AREA.right - 2 * 15.75 + 1)
    expect(date!.left - signature!.left).toBeCloseTo(2 * 15.75, 0)
    expect(middle(signature!) - middle(name)).toBeCloseTo(2 * 28.95, 0)
  })

  it('the appendix begins a page, numbers run on, the head of the table is on each of its pages', () => {
    const start = pages.findIndex((page) => page[0]?.text === '附件')
    expect(start).toBeGreaterThan(3)
    expect(pages[start]![1]!.text).toBe('数据来源与口径')
    const tables = pages
      .slice(start)
      .map((page) => page.filter((line) => line.text.includes('数据名称与代码')).length)
    expect(tables.length).toBeGreaterThan(2)
    expect(new Set(tables)).toEqual(new Set([1]))
  })

  it('never breaks a number at the end of a line', () => {
    const lines = pages.flatMap(bodyOf)
    const torn = lines.filter((line, at) => /\d$/.test(line.text) && /^\d/.test(lines[at + 1]?.text ?? ''))
    expect(torn).toEqual([])
  })

  it('says which fonts had to stand in, and keeps the kinds of type apart', async () => {
    const found = await substitutions()
    expect(found).not.toBeNull()
    const named = found!.map((substitution) => substitution.named)
    expect(named.filter((name) => !(name in OFFICIAL_FONTS))).toEqual([])
    const drawn = Object.keys(OFFICIAL_FONTS).map(
      (name) => found!.find((substitution) => substitution.named === name)?.used ?? name,
    )
    expect(new Set(drawn).size).toBeGreaterThanOrEqual(3)
  })

  it('a round trip through .doc keeps every bookmark at its figure', async () => {
    const docx = await writeDocx(summary, { mode: 'clean', mark: null })
    const doc = await convert(docx, 'docx', 'doc')
    const back = readDocx((await convert(doc!, 'doc', 'docx'))!)
    const marked = back.flatMap(({ text, bookmarks }) =>
      bookmarks.filter(({ name }) => name.startsWith('fig_')).map(({ start, end }) => text.slice(start, end)),
    )
    expect(marked).toEqual(figuresOf(summary).map((figure) => figure.written))
    const rows = back.flatMap(({ bookmarks }) => bookmarks).filter(({ name }) => name.startsWith('src_'))
    expect(rows).toHaveLength(31)
  })

  it('review comments and banner do not move the text', async () => {
    const preview = await convertToPdf(
      await writeDocx({ ...long, banner: '演示数据' }, { mode: 'review', mark: null }),
    )
    const drawn = pagesOf(preview!.pdf)
    expect(drawn).toHaveLength(pages.length)
    expect(drawn.every((page) => page[0]?.text === '演示数据' && page[0].bottom < TYPE_AREA.top)).toBe(true)
    expect(
      drawn.map((page) =>
        bodyOf(page)
          .slice(1)
          .map((line) => line.text),
      ),
    ).toEqual(pages.map((page) => bodyOf(page).map((line) => line.text)))
  })

  it('a file that is none ends in a sentence, a slow one too', async () => {
    await expect(convert(new Uint8Array([1, 2, 3]), 'docx', 'pdf', { timeoutMs: 1 })).rejects.toThrow(
      OfficeFailed,
    )
    const broken = Buffer.from('504b0304deadbeef', 'hex')
    await expect(convert(broken, 'docx', 'pdf')).rejects.toThrow('文件转换失败')
  })
})

describe('without LibreOffice', () => {
  it('there is no preview, and nothing fails', async () => {
    expect(await convertToPdf(new Uint8Array(), { soffice: null })).toBeNull()
  })
})
