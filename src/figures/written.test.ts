import { describe, expect, it } from 'vitest'
import { agrees, range } from './agreement.ts'
import { extract, readFigure } from './prose/extract.ts'
import { stylesFor, write, type Style, type Written } from './written.ts'

const read = (text: string): Written => {
  const written = readFigure(text)
  if (!written) throw new Error(`unreadable: ${text}`)
  return written
}

describe('write', () => {
  it.each<[number, string, Style, string]>([
    [485, '期', 'exact', '485期'],
    [14091, '人', 'exact', '14091人'],
    [0, '场', 'yu', '0场'],
    [30123, '人次', 'wan1', '3万人次'],
    [51043, '人次', 'wan1', '5.1万人次'],
    [33688, '人次', 'wan2', '3.37万人次'],
    [10000, '份', 'wan1', '1万份'],
    [50000, '册', 'wan1', '5万册'],
    [9999, '份', 'wan1', '9999份'],
    [10050, '份', 'wan2', '1.01万份'],
    [10049, '份', 'wan2', '1万份'],
    [99500, '人次', 'wan1', '10万人次'],
    [99499, '人次', 'wan1', '9.9万人次'],
    [1230000, '人次', 'wan2', '123万人次'],
    [9846, '人', 'yu', '9800余人'],
    [63, '个', 'yu', '60余个'],
    [5817, '名', 'yu', '5800余名'],
    [5800, '名', 'yu', '5800名'],
    [19, '个', 'yu', '19个'],
    [21, '个', 'yu', '20余个'],
    [123456, '人', 'yu', '123000余人'],
    [12000, '元', 'exact', '12000元'],
    [12000.5, '元', 'exact', '12000.50元'],
    [0.29, '元', 'exact', '0.29元'],
  ])('%d %s in %s is %s', (value, unit, style, text) => {
    expect(write(value, unit, style)).toBe(text)
  })

  it.each<[number, string, Style]>([
    [-1, '人', 'exact'],
    [1.5, '人次', 'wan1'],
    [Number.NaN, '人', 'exact'],
    [2 ** 53, '人', 'exact'],
    [12.345, '元', 'exact'],
    [12000, '元', 'wan1'],
    [92.3, '%', 'exact'],
  ])('refuses %d %s in %s', (value, unit, style) => {
    expect(() => write(value, unit, style)).toThrow(RangeError)
  })
})

describe('agreement', () => {
  it.each<[string, [number, number], [number, number]]>([
    ['485期', [485, 485], [485, 485]],
    ['3万人次', [29_500, 30_499], [25_000, 34_999]],
    ['10万人次', [99_500, 100_499], [95_000, 104_999]],
    ['5.1万人次', [50_500, 51_499], [50_500, 51_499]],
    ['3.37万人次', [33_650, 33_749], [33_650, 33_749]],
    ['9800余人', [9801, 9899], [9801, 9899]],
    ['60余个', [61, 69], [61, 69]],
    ['3万余人次', [30_001, 30_999], [30_001, 39_999]],
    ['3.3712万人次', [33_712, 33_712], [33_712, 33_712]],
    ['12000.50元', [1_200_050, 1_200_050], [1_200_050, 1_200_050]],
  ])('%s', (text, agree, loose) => {
    expect(range(read(text))).toEqual({
      agree: { low: agree[0], high: agree[1] },
      loose: { low: loose[0], high: loose[1] },
    })
  })

  it('tells a closer form from a false one', () => {
    expect(agrees(read('3万人次'), 26_000)).toBe('loose')
    expect(agrees(read('3万人次'), 24_999)).toBe('differ')
    expect(agrees(read('1万余人'), 9846)).toBe('differ')
    expect(agrees(read('485期'), 486)).toBe('differ')
    expect(agrees(read('0人'), 1)).toBe('differ')
    expect(agrees(read('0.29元'), 0.29)).toBe('agree')
  })
})

/** Marsaglia's xorshift32: the trips are the same on every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Read as prose, a few hundred at a time, as a report has them. */
function failures(unit: string, style: Style, values: Iterable<number>): string[] {
  const all = [...values]
  const failed: string[] = []
  for (let from = 0; from < all.length; from += 200) {
    const asked = all.slice(from, from + 200)
    const said = asked.map((value) => write(value, unit, style))
    const found = extract(`举办培训${said.join('，惠及')}。`)
    asked.forEach((value, n) => {
      const figure = found[n]
      const same = figure !== undefined && figure.text === said[n] && figure.written.unit === unit
      if (!same || agrees(figure.written, value) !== 'agree') failed.push(`${value} ${said[n]}`)
    })
    if (found.length !== asked.length) failed.push(`${found.length} of ${asked.length}`)
  }
  return failed
}

describe('what we write agrees with what we wrote it from', () => {
  it.each(stylesFor('人次'))('in style %s: 40,000 random counts, and every count to 12,000', (style) => {
    const random = generator(2019)
    const trips = Array.from({ length: 40_000 }, () => Math.floor(10 ** (random() * 9)))
    expect(failures('人次', style, trips)).toEqual([])
    expect(failures('人', style, Array(12_000).keys())).toEqual([])
  })

  it('in yuan and fen: 30,000 random amounts', () => {
    const random = generator(85)
    const amounts = Array.from({ length: 30_000 }, () => Math.floor(10 ** (random() * 11)) / 100)
    expect(failures('元', 'exact', amounts)).toEqual([])
  })
})
