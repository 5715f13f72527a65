import type { Issue } from './programme.ts'

/** The part may not exceed the whole; the message stands at the part. */
export function headcount(
  part: number | null,
  whole: number | null,
  at: string,
  names = ['女职工', '总人次'],
): Issue[] {
  if (part === null || whole === null || part <= whole) return []
  return [{ field: at, message: `${names[0]} ${part} 多于${names[1]} ${whole}，请核对` }]
}

/** `earlier` may not lie after `later`; the message stands at the later one. */
export function inOrder(
  earlier: string | null,
  later: string | null,
  at: string,
  names: [string, string],
): Issue[] {
  if (earlier === null || later === null || earlier <= later) return []
  return [{ field: at, message: `${names[1]}（${later}）不能早于${names[0]}（${earlier}）` }]
}

/** A choice of 其他 needs its words. */
export function otherNeedsWords(
  chosen: string | null,
  words: string | null,
  at: string,
  label: string,
): Issue[] {
  return chosen === '其他' && !words ? [{ field: at, message: `选了“其他”，请填写${label}` }] : []
}
