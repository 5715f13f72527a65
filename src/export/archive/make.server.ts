import { sql } from 'kysely'
import { exportAudit } from '#audit/export.server.ts'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { inTransaction, rows } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Reading } from '../source.server.ts'
import { openFolder } from './folder.server.ts'
import {
  putEarlier,
  putEvidence,
  putFigures,
  putOrgs,
  putRecords,
  putSummaries,
  putTables,
  type Archiving,
} from './parts.server.ts'
import { readmeOf } from './readme.ts'

/**
 * Writes everything that a successor system or an archive takes over into a new folder: it is there whole or not at all.
 * @param say told of each part with its number
 * @throws Error in Chinese when the folder can't be written or holds anything
 */
export async function writeArchive(
  deps: Deps,
  actor: Actor,
  out: string,
  say: (line: string) => void,
): Promise<{ files: number; lost: number }> {
  const context = { scopeCode: actor.org.scopeCode, token: actor.token }
  const reading: Reading = (work) => inTransaction(deps.db, context, work)
  const folder = await openFolder(out)
  const archiving: Archiving = { deps, actor, reading, folder }
  const counts: string[] = []
  const told = (line: string): void => {
    counts.push(line)
    say(line)
  }
  try {
    told(`组织 ${await putOrgs(archiving)} 个`)
    for (const programme of deps.programmes)
      told(`${programme.label} ${await putRecords(archiving, programme)} 条`)
    const { files, lost } = await putEvidence(archiving)
    told(`附件 ${files} 份${lost.length === 0 ? '' : `，另有 ${lost.length} 份找不到原件`}`)
    for (const year of await yearsOf(reading)) await putFigures(archiving, year)
    told(`历年估报 ${await putEarlier(archiving)} 个`)
    told(`定稿的总结 ${await putSummaries(archiving)} 份`)
    told(`签发的统计报表 ${await putTables(archiving)} 张`)
    // Noted before the chain is written, so that the folder tells of itself.
    await noteExport(deps, actor)
    await deps.anchors?.anchor(deps.db)
    await folder.take('审计/审计.jsonl', async (path) => {
      const acts = await inTransaction(deps.db, { ...context, oneSnapshot: true }, (tx) =>
        exportAudit(tx, path, {
          installation: deps.anchors?.installation ?? '',
          publicKey: deps.crypto.publicKey,
          anchors: deps.anchors?.lines() ?? [],
        }),
      )
      told(`操作留痕 ${acts} 条`)
    })
    const readme = readmeOf({
      city: actor.org.name,
      isDemo: deps.mode === 'demo',
      at: new Date().toISOString(),
      today: deps.today(),
      publicKey: deps.crypto.publicKey,
      files: folder.files,
      counts,
      lost,
    })
    await folder.put('说明.txt', Buffer.from(`\uFEFF${readme.replaceAll('\n', '\r\n')}`))
    const digests = folder.files.map(({ name, digest }) => `${digest}  ${name}\n`)
    await folder.put('校验.sha256', Buffer.from(digests.join('')))
    await folder.finish()
    return { files: folder.files.length, lost: lost.length }
  } catch (error) {
    await folder.drop()
    throw error
  }
}

/** Years of which there are records. */
const yearsOf = async (reading: Reading): Promise<number[]> =>
  (
    await reading((tx) =>
      rows<{ year: number }>(
        tx,
        sql`SELECT DISTINCT extract(year FROM occurred_on)::int AS year FROM app.record ORDER BY 1`,
      ),
    )
  ).map(({ year }) => year)

async function noteExport(deps: Deps, actor: Actor): Promise<void> {
  const context = { scopeCode: actor.org.scopeCode, token: actor.token }
  await inTransaction(deps.db, context, async (tx) => {
    const work = openWork(actor)
    work.audit({ districtId: actor.org.districtId, action: 'archive.export', object: `org:${actor.org.id}` })
    await closeWork(tx, work, deps.crypto)
  })
}
