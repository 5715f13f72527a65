import { sha256 } from '#crypto/provider.server.ts'
import type { Migration } from '#server/migrate.server.ts'
import { unpacked, type Entry } from './archive.server.ts'
import { BackupUnfit, openSealed } from './container.server.ts'
import type { Manifest } from './manifest.ts'
import { summing } from './rows.server.ts'

/** What a backup says before its rows: whether it fits here is decided by it. */
export type Told = Pick<Manifest, 'installation' | 'mode' | 'publicKey' | 'keys' | 'migrations'>

/** What is done with the parts of a backup on the way; whatever is left out is only read and checked. */
export type Takers = {
  told?(told: Told): Promise<void>
  /** Rows of a table, in the order and with the columns of the schema that the backup was made of. */
  lines?(table: string, lines: string[]): Promise<void>
  file?(hash: string, bytes: Buffer, preview: Buffer | null): Promise<void>
  anchors?(lines: string): Promise<void>
}

const parsed = ({ bytes }: Entry): unknown => JSON.parse(bytes.toString('utf8'))

/**
 * Reads a backup from its first byte to its last, and checks that it holds what its manifest says.
 * @throws BackupUnfit at the first thing that is not as it was written
 */
export async function readWhole(path: string, passPhrase: string, takers: Takers = {}): Promise<Manifest> {
  const { bytes } = await openSealed(path, passPhrase)
  const sums = new Map<string, ReturnType<typeof summing>>()
  const files = { count: 0, bytes: 0 }
  let manifest: Manifest | null = null
  let preview: Entry | null = null
  for await (const entry of unpacked(bytes)) {
    const [kind, name = ''] = entry.name.split('/')
    if (kind === 'schema.json') await takers.told?.(parsed(entry) as Told)
    else if (kind === 'tables') {
      const lines = entry.bytes.toString('utf8').split('\n')
      if (!sums.has(name)) sums.set(name, summing())
      sums.get(name)!.take(lines)
      await takers.lines?.(name, lines)
    } else if (kind === 'files' && name.endsWith('.preview')) preview = entry
    else if (kind === 'files') {
      if (sha256(entry.bytes) !== name) throw new BackupUnfit(`备份中的附件 ${name} 与其摘要不符`)
      files.count++
      files.bytes += entry.bytes.length
      await takers.file?.(name, entry.bytes, preview?.name === `${entry.name}.preview` ? preview.bytes : null)
    } else if (kind === 'anchors.jsonl') await takers.anchors?.(entry.bytes.toString('utf8'))
    else if (kind === 'manifest.json') manifest = parsed(entry) as Manifest
  }
  if (manifest === null) throw new BackupUnfit(`${path} 没有清单，不是完整的备份`)
  for (const [name, { rows, hash }] of Object.entries(manifest.tables)) {
    const sum = sums.get(name)?.sum() ?? summing().sum()
    if (sum.rows !== rows || sum.hash !== hash) throw new BackupUnfit(`备份中的表 ${name} 与清单不符`)
  }
  if (files.count !== manifest.files.count || files.bytes !== manifest.files.bytes)
    throw new BackupUnfit('备份中的附件与清单不符')
  return manifest
}

/**
 * The migrations that a backup's database had.
 * @throws BackupUnfit where this program does not know one of them, or knows it otherwise
 */
export function migrationsOf(told: Told, known: readonly Migration[]): Migration[] {
  const here = new Map(known.map((migration) => [migration.name, migration]))
  return told.migrations.map(({ name, hash }) => {
    const migration = here.get(name)
    if (!migration) throw new BackupUnfit(`备份来自更新的程序（有迁移 ${name}），请先升级程序再恢复`)
    if (sha256(migration.sql) !== hash) throw new BackupUnfit(`备份的迁移 ${name} 与本程序的不同，不能恢复`)
    return migration
  })
}
