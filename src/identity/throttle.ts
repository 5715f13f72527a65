/**
 * Failures within `windowMinutes` that cost nothing; each one after them makes the next try wait longer. The window of an
 * account begins anew with each failure; that of an address does not, or a busy office would never be done with it. What is said
 * of rooms without a name, by anybody, has a short count of its own (`room`, by address); uses at their doors (`door`) a longer one, for women behind
 * one address. Codes to telephones cost money and wake people: `isWhole` lets nothing through until the window is over, for one
 * phone (in a minute, in a day), for one phone from one address (`codeDay`: a stranger uses up their own), for one address (which a
 * whole mobile network may share; in an hour, in a day) and for all together.
 */
export const limits = {
  account: { free: 5, windowMinutes: 15, isSliding: true },
  address: { free: 50, windowMinutes: 15, isSliding: false },
  room: { free: 5, windowMinutes: 15, isSliding: false },
  door: { free: 30, windowMinutes: 60, isSliding: false },
  codeMinute: { free: 1, windowMinutes: 1, isWhole: true },
  codeDay: { free: 10, windowMinutes: 1440, isWhole: true },
  codePhone: { free: 30, windowMinutes: 1440, isWhole: true },
  codeAddress: { free: 60, windowMinutes: 60, isWhole: true },
  codeNetwork: { free: 200, windowMinutes: 1440, isWhole: true },
  codeAll: { free: 20_000, windowMinutes: 1440, isWhole: true },
} as const satisfies Record<string, Limit>

type Limit = { free: number; windowMinutes: number } & ({ isSliding: boolean } | { isWhole: true })
export const limitOf = (kind: keyof typeof limits): Limit => limits[kind]

const groups = (part: string | undefined): string[] => (part ? part.split(':') : [])

/** Whom an address stands for: of IPv6 the /64, since one household has 2^64 of them to choose from. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)
  if (mapped) return mapped[1]!
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::')
  const [before, after] = [groups(head), groups(tail)]
  const between = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const all = [...before, ...Array<string>(between).fill('0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

const firstDelay = 15
const longestDelay = 15 * 60

/**
 * Seconds until the next try after so many failures in the window: 0 below the limit, then 15, 30, 60 … up to 15 minutes.
 * Never a lock: whoever knows a name could keep its owner out for ever (ASVS 6.3.1).
 */
export function delayAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(longestDelay, firstDelay * 2 ** (failures - free))
}

/** `65` → `1 分 5 秒`. */
export function waitWords(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds))
  const minutes = Math.floor(whole / 60)
  const rest = whole % 60
  if (minutes === 0) return `${rest} 秒`
  return rest === 0 ? `${minutes} 分钟` : `${minutes} 分 ${rest} 秒`
}
