import { headMark } from '#audit/mark.server.ts'
import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import type { Asked } from '#export/api.ts'
import type { OpenSource } from '#export/source.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { mostWaited } from './api.ts'
import { drawCertificates, type Sheet } from './draw.server.ts'
import { hers } from './hers.server.ts'
import { layoutOf } from './issue.server.ts'
import { own } from './ledger.server.ts'

/** Valid certificates in the order of their numbers. @throws Problem.notFound, certificateEnded */
const sheetsOf = (tx: Tx, actor: Actor, ids: readonly string[]): Promise<readonly Sheet[]> =>
  sheetsWhere(tx, own(actor), ids)

async function sheetsWhere(
  tx: Tx,
  where: RawBuilder<unknown>,
  ids: readonly string[],
): Promise<readonly Sheet[]> {
  const wanted = new Set(ids)
  const found = await rows<{ sheet: Omit<Sheet, 'title'>; layout: string; state: string }>(
    tx,
    sql`SELECT c.layout, c.state, jsonb_build_object('no', c.no, 'code', c.code, 'recipient', c.recipient, 'isPerson', c.is_person, 'words', c.words,
        'issuer', c.issuer, 'grantedOn', c.granted_on, 'issuedOn', c.issued_on) AS sheet
      FROM app.certificate c WHERE ${where} AND c.id = ANY(${[...wanted]}::uuid[]) ORDER BY c.year, c.serial`,
  )
  if (found.length < wanted.size) throw Problem.notFound()
  if (found.some(({ state }) => state !== 'valid')) throw Problem.certificateEnded()
  return found.map(({ layout, sheet }) => ({ ...sheet, title: layoutOf(layout).title }))
}

const draw = (deps: Deps, sheets: readonly Sheet[], mark: string | null) =>
  drawCertificates(sheets, { publicUrl: deps.publicUrl, isDemo: deps.mode === 'demo', mark })

/** A few certificates as one PDF, a page each, while one waits. @throws Problem.notFound, certificateEnded, invalid */
export async function printCertificates(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  ids: readonly string[],
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const { actor } = work
  if (ids.length > mostWaited)
    throw Problem.invalid({
      issues: [{ field: 'ids', message: `超过 ${mostWaited} 份的请用导出，做好后在下载中心领取` }],
    })
  const sheets = await sheetsOf(tx, actor, ids)
  const [one] = sheets
  const name = sheets.length === 1 ? `${one!.title}_${one!.no}` : `证书_${one!.no}等${sheets.length}份`
  work.audit({
    districtId: actor.org.districtId,
    action: 'certificate.print',
    object: `certificate:${ids[0]}`,
    fields: [String(sheets.length)],
  })
  const mark = await headMark(tx, actor.org.districtId)
  return { name: `${name}.pdf`, bytes: () => draw(deps, sheets, mark) }
}

/** Her own certificate, as it was handed out. @throws Problem.notFound, certificateEnded */
export async function printMine(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const sheets = await sheetsWhere(tx, hers(actor), [id])
  const [one] = sheets
  const mark = await headMark(tx, actor.org.districtId)
  return { name: `${one!.title}_${one!.no}.pdf`, bytes: () => draw(deps, sheets, mark) }
}

type Ask = Extract<Asked, { kind: 'certificates' }>

/** Many certificates as one PDF, made by a job: they are printed to be handed out, so no second person is asked. */
export const openCertificates: OpenSource<Ask> = async ({ deps, tx, actor }, { ids }) => {
  if (!can(actor, 'certificate.read')) throw Problem.denied({ what: '您的岗位不查看证书' })
  const sheets = await sheetsOf(tx, actor, ids)
  const mark = await headMark(tx, actor.org.districtId)
  return {
    title: '证书',
    scope: [actor.org.name],
    rows: sheets.length,
    personal: false,
    columns: [],
    sheets: () => [],
    paper: () => draw(deps, sheets, mark),
  }
}
