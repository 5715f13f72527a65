const shape = /^jinguo-(\d{6})\d{8}Z\.backup$/

/** Backups among names of a folder, oldest first. */
export const backupsAmong = (names: readonly string[]): string[] =>
  names.filter((name) => shape.test(name)).sort()

/**
 * What of a folder may go: all but the `daily` newest and the first of each of the `monthly` newest months.
 * @param names of files; what is no backup of ours is never among what may go
 */
export function outdated(names: readonly string[], daily: number, monthly: number): string[] {
  const backups = backupsAmong(names)
  const firsts = new Map<string, string>()
  for (const name of backups) {
    const month = shape.exec(name)![1]!
    if (!firsts.has(month)) firsts.set(month, name)
  }
  const kept = new Set([...backups.slice(-daily), ...[...firsts.values()].slice(-monthly)])
  return backups.filter((name) => !kept.has(name))
}
