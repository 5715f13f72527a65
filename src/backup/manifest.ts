/** What a backup holds, and what a restored installation must hold again. */
export type Manifest = {
  /** The moment of it. */
  at: string
  installation: string
  mode: string
  /** The key by which its audit is signed: tells whether a key file is the one of this backup. */
  publicKey: string
  /** Numbers of the keys that wrap somebody's data: without them what is sealed does not open. */
  keys: number[]
  migrations: { name: string; hash: string }[]
  tables: Record<string, { rows: number; hash: string }>
  /** Entries of the books by indicator and year, those that wait counted in (`in`) and those accepted (`accepted`). */
  totals: Record<string, { in: number; accepted: number }>
  /** Last act of each stream of the audit. */
  heads: Record<string, { seq: number; hash: string }>
  sequences: Record<string, number>
  files: { count: number; bytes: number }
  anchors: number
}

/** One line of the comparison: what the backup says, what was found. */
export type Compared = { what: string; backup: string; found: string; same: boolean }

const line = (what: string, backup: string | number, found: string | number): Compared => ({
  what,
  backup: String(backup),
  found: String(found),
  same: String(backup) === String(found),
})

/** Compares one group name by name; what only one side has differs. */
function group<T>(
  title: (name: string) => string,
  backup: Readonly<Record<string, T>>,
  found: Readonly<Record<string, T>>,
  text: (value: T) => string,
): Compared[] {
  const names = [...new Set([...Object.keys(backup), ...Object.keys(found)])].sort()
  const told = (value: T | undefined) => (value === undefined ? '没有' : text(value))
  return names.map((name) => line(title(name), told(backup[name]), told(found[name])))
}

export type Comparison = { tables: Compared[]; totals: Compared[]; heads: Compared[]; others: Compared[] }

/** Both columns of everything that a backup says of itself. */
export function compare(backup: Manifest, found: Manifest): Comparison {
  return {
    tables: group(
      (name) => `表 ${name}`,
      backup.tables,
      found.tables,
      ({ rows, hash }) => `${rows} 行 ${hash.slice(0, 12)}`,
    ),
    totals: group(
      (name) => `合计 ${name}`,
      backup.totals,
      found.totals,
      (total) => `${total.accepted}（含待审 ${total.in}）`,
    ),
    heads: group(
      (name) => `审计第 ${name} 流`,
      backup.heads,
      found.heads,
      ({ seq, hash }) => `${seq} 条 ${hash.slice(0, 12)}`,
    ),
    others: [
      ...group((name) => `序列 ${name}`, backup.sequences, found.sequences, String),
      line('附件份数', backup.files.count, found.files.count),
      line('附件字节', backup.files.bytes, found.files.bytes),
      line('库外锚定', backup.anchors, found.anchors),
    ],
  }
}

/** Everything that differs. */
export const differing = (compared: Comparison): Compared[] =>
  Object.values(compared)
    .flat()
    .filter((one) => !one.same)

/** The whole of a backup in a few lines of two columns. */
export function digestOfComparison(backup: Manifest, found: Manifest): Compared[] {
  const rowsOf = (manifest: Manifest) =>
    Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0)
  const acts = (manifest: Manifest) => Object.values(manifest.heads).reduce((sum, head) => sum + head.seq, 0)
  const accepted = (manifest: Manifest) =>
    Object.values(manifest.totals).reduce((sum, total) => sum + total.accepted, 0)
  return [
    line('表', Object.keys(backup.tables).length, Object.keys(found.tables).length),
    line('行', rowsOf(backup), rowsOf(found)),
    line('指标年度合计（项）', Object.keys(backup.totals).length, Object.keys(found.totals).length),
    line('各项合计之和', accepted(backup), accepted(found)),
    line('审计（条）', acts(backup), acts(found)),
    line('附件（份）', backup.files.count, found.files.count),
    line('库外锚定（次）', backup.anchors, found.anchors),
  ]
}
