import { isDay } from '../day.ts'

/** What a citizen's number tells besides itself. */
export type IdFacts = {
  /** 18 characters, half width, `X` in capital. */
  number: string
  birth: string
  sex: '女' | '男'
  /** A county code that was given up: worth a look, never a refusal. */
  warning: string | null
}

export type IdRead = ({ fault: null } & IdFacts) | { fault: string }

const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
)

/** County codes of the city that were given up; numbers given under them stay valid. */
const oldCounties = new Set(['210219', '210221', '210222', '210223', '210225', '210282'])

/** NFKC, so that full-width digits and letters are plain ones; no blanks; capital X. */
export const tidyIdNumber = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** The 18th character of 17 digits: ISO 7064 MOD 11-2, as GB 11643-1999 asks. */
export function checkCharacter(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(seventeen[i]) * (2 ** (17 - i) % 11)
  return '10X98765432'[sum % 11]!
}

/** A number of 15 digits, given until 1999, as 18: the century 19 and the check character. */
const lengthened = (text: string): string => {
  const seventeen = `${text.slice(0, 6)}19${text.slice(6)}`
  return seventeen + checkCharacter(seventeen)
}

/**
 * Reads a citizen's number (GB 11643-1999; 81 to 83 are residence permits of Hong Kong, Macao and Taiwan), however it was typed.
 * @param today no birth lies after it
 * @returns the number with birth and sex, or the first rule it breaks as a Chinese sentence
 */
export function readIdNumber(typed: string, today: string): IdRead {
  const text = tidyIdNumber(typed)
  if (text.length !== 18 && text.length !== 15)
    return { fault: `身份证号应为 18 位（或旧式 15 位），现有 ${text.length} 位` }
  if (!/^\d{15}$|^\d{17}[\dX]$/.test(text))
    return { fault: '身份证号应为数字，只有末位可以是 X，请检查是否混入了其他字符' }
  if (!provinces.has(text.slice(0, 2))) return { fault: `身份证号开头“${text.slice(0, 2)}”不是省级地区代码` }
  const number = text.length === 15 ? lengthened(text) : text
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(birth) || birth > today)
    return { fault: `身份证号中的出生日期“${number.slice(6, 14)}”不是有效日期` }
  if (checkCharacter(number) !== number[17]) return { fault: '身份证号校验位不符，请对照证件逐位核对' }
  const warning = oldCounties.has(number.slice(0, 6))
    ? `地区代码 ${number.slice(0, 6)} 已撤销，旧证仍有效，请核对证件`
    : null
  return { fault: null, number, birth, sex: Number(number[16]) % 2 === 1 ? '男' : '女', warning }
}

/** 21020219850308002X → 「2102**********002X」. */
export const maskIdNumber = (number: string): string => `${number.slice(0, 4)}**********${number.slice(-4)}`

/** 13800005678 → 「138****5678」; a shorter number shows its last two digits. */
export const maskPhone = (phone: string): string =>
  phone.length === 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`
