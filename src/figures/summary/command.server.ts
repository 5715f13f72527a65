import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Mode } from '#paper/docx/write.server.ts'
import { inTransaction } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { snapshotFile } from './service.server.ts'
import { freeze } from './snapshot.server.ts'

export interface SummaryFile {
  year: number
  /** Absolute path of the .docx. */
  out: string
  mode: Mode
}

/**
 * Freezes the summary of a year and writes it as .docx: the file is there whole or not at all.
 * @returns the snapshot's id and content hash
 * @throws Error in Chinese when the file can't be written; nothing is frozen then, unless the disk fails in between
 */
export async function writeSummaryFile(
  deps: Deps,
  actor: Actor,
  { year, out, mode }: SummaryFile,
): Promise<{ id: string; hash: string }> {
  const context = { scopeCode: actor.org.scopeCode, token: actor.token }
  const part = join(dirname(out), `.${basename(out)}.${process.pid}.part`)
  // Opened first: a wrong path must not leave a snapshot behind.
  const file = await open(part, 'w', 0o644).catch((cause: unknown) => {
    throw new Error(`无法写入 ${out}，请检查文件夹是否存在、是否有权限`, { cause })
  })
  try {
    const frozen = await inTransaction(deps.db, context, async (tx) => {
      const work = openWork(actor)
      const made = await freeze(deps, tx, work, year)
      await closeWork(tx, work, deps.crypto)
      return made
    })
    // After the commit: the books of the districts are free again while the file is made.
    const made = await inTransaction(deps.db, context, (tx) => snapshotFile(tx, actor, frozen.id, { mode }))
    await file.writeFile(await made.bytes())
    await file.sync()
    await file.close()
    await rename(part, out)
    return frozen
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(part, { force: true })
    throw error
  }
}
