import { checkCharacter } from '#kit/field/idNumber.ts'

/**
 * A made-up citizen's number: its county 210299 never existed, the check character is right.
 * @param sequence odd for men, as the standard has it
 */
export function madeUpNumber(birth: string, sequence: number): string {
  const seventeen = `210299${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return seventeen + checkCharacter(seventeen)
}

/** A valid entry of the register; `n` tells persons apart. */
export const entryOf = (n: number, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: '会员',
  fromOn: '2018-03-08',
  idKind: '居民身份证',
  idNumber: madeUpNumber('1985-06-01', 2 * n + 2),
  name: `王示${'一二三四五六七八九十'[n % 10]}`,
  phone: `138000${String(10_000 + n)}`,
  ...changes,
})
