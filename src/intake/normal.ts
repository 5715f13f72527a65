import { isDay } from '#kit/day.ts'
import type { Field } from '#kit/field/kind.ts'
import { dayOfSerial } from '#paper/sheet/dateFormat.ts'
import type { Cell } from '#paper/sheet/cell.ts'

/**
 * A cell as the value that a form of this kind would send. `note`: it was changed on the way, and how (shown, never an
 * obstacle). A fault says what to do.
 */
export type Normal = { value: unknown; note?: string } | { fault: string; fixes?: string[] }

/** Full-width letters, digits and marks as plain ones, no blanks around. Han punctuation stays. */
export const plain = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim()

/** Numbers beyond 15 digits are rounded by every spreadsheet: what they were is lost. */
const rounded = 1e15

const mangled = '这一格被 Excel 当成数字存了，末几位已经丢失；请把这一列设为“文本”格式，再重新填写或粘贴'

/** A text cell; a number keeps its digits as long as the spreadsheet kept them. */
export function readText(cell: Cell): Normal {
  if (typeof cell === 'number') {
    if (Math.abs(cell) >= rounded) return { fault: mangled }
    return { value: String(cell) }
  }
  if (typeof cell === 'boolean') return { value: cell ? '是' : '否' }
  if (typeof cell === 'object' && cell !== null) return 'day' in cell ? { value: cell.day } : erroneous(cell)
  const text = (cell ?? '').trim()
  return /^\d(\.\d+)?E\+?1[4-9]$/i.test(plain(text)) ? { fault: mangled } : { value: text || null }
}

const erroneous = ({ error }: { error: string }): Normal => ({
  fault: `这一格的公式出错（${error.slice(0, 20)}），请改成实际内容`,
})

const two = (digits: string): string => digits.padStart(2, '0')
const han: Record<string, string> = Object.fromEntries(
  Array.from('〇零一二三四五六七八九').map((c, i) => [c, String(Math.max(0, i - 1))]),
)

/** 二〇一九 → 2019, 十二 → 12, 二十三 → 23; other characters stay. */
const digitsOf = (text: string): string =>
  text
    .replace(/([一二三])?十([一二三四五六七八九])?/g, (_, a: string | undefined, b: string | undefined) => {
      return String((a ? Number(han[a]) : 1) * 10 + (b ? Number(han[b]) : 0))
    })
    .replace(/[〇零一二三四五六七八九]/g, (c) => han[c]!)

/** 「2019.8.5」「2019年8月5日」「20190805」「2019/8/5 9:30」「二〇一九年八月五日」, a serial number. @returns null for none of them */
export function readDay(text: string): string | null {
  const tidy = digitsOf(plain(text)).replace(/\s+\d{1,2}[:时].*$|T\d\d:.*$/, '')
  const parts =
    /^(\d{4})[-./年、](\d{1,2})[-./月、](\d{1,2})日?$/.exec(tidy.replace(/\s/g, '')) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(tidy)
  if (parts) {
    const day = `${parts[1]}-${two(parts[2]!)}-${two(parts[3]!)}`
    return isDay(day) ? day : null
  }
  const serial = /^\d{5}(\.\d+)?$/.test(tidy) ? dayOfSerial(Number(tidy)) : null
  return serial
}

function normalDay(cell: Cell): Normal {
  if (typeof cell === 'object' && cell !== null) return 'day' in cell ? { value: cell.day } : erroneous(cell)
  const text = cell === null ? '' : String(cell)
  if (text.trim() === '') return { value: null }
  const day = readDay(text)
  if (day !== null) return day === text ? { value: day } : { value: day, note: `“${text.trim()}”读作 ${day}` }
  if (/^(\d{4})[-./年](\d{1,2})月?$/.test(plain(text)))
    return { fault: `“${text.trim()}”只到月，请写到日，如 2019-08-05` }
  return { fault: `“${text.trim().slice(0, 20)}”不是有效日期，请按 2019-08-05 的样子填写` }
}

/** 「1,234」「１２３」「1.5万」「３０人」; a unit of measure behind it is left out. @returns null for no number */
export function readNumber(text: string): number | null {
  const tidy = plain(text).replace(/[\s,，¥￥]/g, '')
  const parts = /^([+-]?\d+(?:\.\d+)?)(万|亿)?(?:元|人次|人|个|次|场|期|份|册|家|户|名|位|小时)?$/.exec(tidy)
  if (!parts) return null
  // By the decimal text: 1.1万 is 11000, not 11000.000000000002.
  const factor = parts[2] === '万' ? 4 : parts[2] === '亿' ? 8 : 0
  return Number(`${parts[1]}e${factor}`)
}

function normalNumber(cell: Cell): Normal {
  if (typeof cell === 'number') return { value: cell }
  if (typeof cell === 'object' && cell !== null)
    return 'error' in cell ? erroneous(cell) : { fault: `“${cell.day}”是日期，这里要填数字` }
  const text = cell === null ? '' : String(cell)
  if (/^[\s\-—－/／]*$/.test(text)) return { value: null }
  const number = readNumber(text)
  if (number === null) return { fault: `“${text.trim().slice(0, 20)}”不是数字，请只填数字，如 1200 或 1.2万` }
  return String(number) === text
    ? { value: number }
    : { value: number, note: `“${text.trim()}”读作 ${number}` }
}

const yes = new Set(['是', '有', '对', '真', '√', '✓', '✔', 'y', 'yes', 'true', '1', '☑', '已'])
const no = new Set([
  '否',
  '无',
  '没有',
  '不是',
  '非',
  '假',
  '×',
  '✗',
  '✘',
  'x',
  'n',
  'no',
  'false',
  '0',
  '☐',
  '未',
])

function normalYesNo(cell: Cell): Normal {
  if (typeof cell === 'boolean') return { value: cell }
  if (typeof cell === 'object' && cell !== null && 'error' in cell) return erroneous(cell)
  const text = plain(cell === null ? '' : typeof cell === 'object' ? cell.day : String(cell)).toLowerCase()
  if (text === '') return { value: null }
  if (yes.has(text)) return { value: true }
  if (no.has(text)) return { value: false }
  return { fault: `“${text.slice(0, 20)}”看不出是或否，请填“是”或“否”` }
}

/** What a cell means in a column of a kind. `choose` finds a label among the choices (choose.ts). */
export function normalise(
  field: Field,
  cell: Cell,
  choose: (typed: string, choices: readonly string[]) => Normal,
): Normal {
  switch (field.kind) {
    case 'day':
      return normalDay(cell)
    case 'count':
    case 'money':
      return normalNumber(cell)
    case 'yesNo':
      return normalYesNo(cell)
    case 'choice': {
      const text = readText(cell)
      if ('fault' in text || typeof text.value !== 'string') return text
      return choose(text.value, field.choices ?? [])
    }
    default:
      return readText(cell)
  }
}
