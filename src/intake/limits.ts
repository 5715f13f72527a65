/**
 * Rows of one workbook, by target; of programmes one number. So many are checked anew at each change. Of entries so many as others
 * can wait for: an event is locked from its first name to the commit.
 */
const most: Readonly<Record<string, number>> = { onboarding: 10_000, earlier: 5000, eventEntry: 200 }

export const mostRowsOf = (target: string): number => most[target] ?? 20_000

/** The limit in words, and what to do with more. */
export const limitWords = (target: string): string =>
  `一次最多 ${mostRowsOf(target)} 行；更多的请按单位或月份分成几个文件，依次上传（导入过的行不会重复）`
