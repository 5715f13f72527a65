/**
 * Rules for passwords, chosen when an installation is made. `asvs`: length and strength only (ASVS 5.0, 6.2.1–6.2.12).
 * `djbh3`: composition and rotation besides, as 等保三级 asks for (GB/T 22239-2019, 8.1.4.1) and ASVS 6.2.5 and 6.2.10 forbid.
 */
export const profiles = {
  asvs: { label: '长口令（ASVS 5.0）', classes: 0, rotationDays: null },
  djbh3: { label: '等保三级（GB/T 22239-2019）', classes: 3, rotationDays: 90 },
} as const
export type PasswordProfile = keyof typeof profiles

export const isProfile = (text: unknown): text is PasswordProfile => text === 'asvs' || text === 'djbh3'

/** Characters a password has at least: fewer where a second factor stands beside it. */
export const shortest = (hasFactor: boolean): number => (hasFactor ? 8 : 12)
export const longestPassword = 128

const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u]

/** The same password however a keyboard composes its accents (RFC 8265). */
export const normalPassword = (password: string): string => password.normalize('NFC')

/** What the form of a password lacks, as a sentence; null where nothing. Strength is judged besides. */
export function formFault(profile: PasswordProfile, password: string, hasFactor: boolean): string | null {
  const length = [...password].length
  const least = shortest(hasFactor)
  if (length < least) return `密码至少 ${least} 个字符，现有 ${length} 个；可以用一句只有您知道的话`
  if (length > longestPassword) return `密码最多 ${longestPassword} 个字符，现有 ${length} 个`
  const wanted = profiles[profile].classes
  if (classes.filter((c) => c.test(password)).length < wanted)
    return `大写字母、小写字母、数字、符号中至少要有 ${wanted} 类`
  return null
}

/** The rules in one sentence, for the page. */
export function rulesInWords(profile: PasswordProfile, hasFactor: boolean): string {
  const { classes: wanted, rotationDays } = profiles[profile]
  const base = `${shortest(hasFactor)} 到 ${longestPassword} 个字符，可以粘贴，可以用汉字和空格；不能含有姓名、单位名或登录名，也不能是常见密码`
  return [
    base,
    ...(wanted > 0 ? [`大写字母、小写字母、数字、符号至少 ${wanted} 类`] : []),
    ...(rotationDays === null ? [] : [`每 ${rotationDays} 天更换一次`]),
  ].join('；')
}

/** Whether a password set so many days ago is to be changed. */
export const isRotationDue = (profile: PasswordProfile, days: number): boolean => {
  const { rotationDays } = profiles[profile]
  return rotationDays !== null && days >= rotationDays
}
