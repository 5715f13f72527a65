const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/**
 * The first fault of a unified social credit code (GB 32100-2015), as a Chinese sentence, or null.
 * The check character is 31 − Σ value·3^i mod 31.
 */
export function creditCodeFault(code: string): string | null {
  if (code.length !== 18) return `统一社会信用代码应为 18 位，现有 ${code.length} 位`
  let sum = 0
  for (let i = 0; i < 18; i++) {
    const value = alphabet.indexOf(code[i]!)
    if (value < 0) return `统一社会信用代码第 ${i + 1} 位“${code[i]}”不是有效字符（不用 I、O、S、V、Z）`
    if (i < 17) sum += value * (3 ** i % 31)
  }
  const expected = alphabet[(31 - (sum % 31)) % 31]
  return expected === code[17] ? null : '统一社会信用代码校验位不符，请对照证照核对'
}
