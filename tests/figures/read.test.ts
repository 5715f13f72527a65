import { describe, expect, it } from 'vitest'
import { proofread } from '#figures/prose/proof.ts'
import { known, readReport } from '#figures/prose/read.server.ts'
import { FileRefused } from '#paper/refused.ts'

const figures = (bytes: Uint8Array) => proofread(readReport(bytes), null, known).map(({ text }) => text)

describe('a text file', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from('举办培训485期')],
    ['UTF-8 with BOM', Buffer.from('\ufeff举办培训485期')],
    ['UTF-16LE', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('举办培训485期', 'utf16le')])],
    ['GB18030', Buffer.from('bed9b0ecc5e0d1b5343835c6da', 'hex')],
  ])('in %s is read', (_name, bytes) => {
    expect(figures(bytes)).toEqual(['485期'])
  })
})

it.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array()],
  ['half a zip file', Buffer.from('504b0304140000', 'hex')],
  ['an old Word file', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex')],
  ['far too much text', Buffer.alloc(3 * 1024 * 1024, 0x61)],
  ['a book', Buffer.from('字'.repeat(200_001))],
  ['a table of numbers', Buffer.from('3，'.repeat(10_001))],
])('%s is refused with a sentence', (_name, bytes) => {
  expect(() => readReport(bytes)).toThrow(FileRefused)
  expect(() => readReport(bytes)).toThrow(/[一-龥]{4}/)
})

it('is not held up by text made to take for ever', () => {
  const nasty = [
    '1、'.repeat(5000),
    '近'.repeat(150_000),
    '3万'.repeat(5000),
    '一二三'.repeat(5000),
    '共举办培训3期其中'.repeat(5000),
  ]
  for (const text of nasty) expect(Array.isArray(figures(Buffer.from(text)))).toBe(true)
})
