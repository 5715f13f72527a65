import { readFileSync } from 'node:fs'
import * as fontkit from 'fontkit'
import { expect, it } from 'vitest'
import { codeOf } from '#certificate/code.ts'
import { drawCertificates, type Sheet } from '#certificate/draw.server.ts'
import { mustDraw, typeface } from '#certificate/font.server.ts'
import { sheet } from '#certificate/layouts.ts'
import { plainFont } from '#certificate/woff.server.ts'
import { Problem } from '#kit/problem.ts'
import { findPoppler, inkRows, pagesOf } from './rendered.ts'

const certificate: Sheet = {
  title: '荣誉证书',
  no: 'SL-2020-0001',
  code: codeOf('0123456789ABCDEFGHJKMNPQRS'),
  recipient: '赟𬱖',
  isPerson: true,
  words: '荣获示例市总工会授予的“三八红旗手”称号（示例〔2019〕1号），特发此证，以资鼓励。',
  issuer: '示例市总工会',
  grantedOn: '2019-03-06',
  issuedOn: '2020-04-16',
}
const mark = '审计链第 7 条　3f9a1c0b7d24e865'
const draw = (list: Sheet[], isDemo = false) =>
  drawCertificates(list, { publicUrl: 'https://example.org', isDemo, mark })
const points = (mm: number) => (mm * 72) / 25.4

it('unpacks the typeface whole', () => {
  const file = 'node_modules/@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff'
  const packed = readFileSync(file)
  const [before, after] = [packed, plainFont(packed)].map((bytes) => fontkit.create(bytes) as fontkit.Font)
  expect(after!.numGlyphs).toBe(before!.numGlyphs)
  expect(after!.characterSet).toEqual(before!.characterSet)
  expect(after!.characterSet.length).toBeGreaterThan(28_000)
  expect(after!.layout('赟').glyphs[0]!.path.toSVG()).toBe(before!.layout('赟').glyphs[0]!.path.toSVG())
  expect(() => plainFont(Buffer.from('OTTO'))).toThrow('no WOFF file')
})

it('has the rare characters of names, and names what it has not', () => {
  expect(() => mustDraw('玥喆堃赟𬱖·（）—“”〔〕', 'names')).not.toThrow()
  expect(() => mustDraw('王\u{2CEB5}', 'names')).toThrow(Problem)
  expect(typeface()).toBe(typeface())
})

it.skipIf(!findPoppler() && !process.env['JINGUO_CI'])(
  'draws what it says, by picture, and long words above the signature',
  async () => {
    const long = { ...certificate, words: certificate.words.repeat(6), isPerson: false, title: '结业证书' }
    const pdf = await draw([certificate, long])
    const demo = pagesOf(await draw([certificate], true))[0]!.map((line) => line.text)
    expect(demo.join('')).toContain('不作公文使用')
    expect(
      pagesOf(pdf)[0]!
        .map((line) => line.text)
        .join(''),
    ).not.toContain('不作公文使用')
    const pages = pagesOf(pdf)
    expect(pages).toHaveLength(2)
    const text = pages.map((lines) => lines.map((line) => line.text).join(''))
    for (const page of text) expect(page.replace(/\s/g, '')).toContain('审计链第7条')
    expect(text[0]).toContain('同志')
    expect(text[1]).not.toContain('同志')
    for (const page of [1, 2]) {
      const band = (from: number, to: number) => inkRows(pdf, page, points(from), points(to))
      for (const [from, to] of [
        [sheet.title.top, sheet.title.top + 16],
        [sheet.recipient.top, sheet.words.top - 2],
        [sheet.qr.top, sheet.qr.top + sheet.qr.size],
      ] as const)
        expect(band(from, to).first).toBeGreaterThan(0)
      // No line of the words comes down to the issuer.
      const gap = pages[page - 1]!.filter(
        (line) => line.bottom > points(sheet.issuer.top - 4) && line.top < points(sheet.issuer.top - 1),
      )
      expect(gap).toEqual([])
    }
  },
)
